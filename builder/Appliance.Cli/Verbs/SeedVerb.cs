using System.CommandLine;
using Appliance.Build.Seeds;
using Appliance.Cli.Answers;
using Appliance.Cli.Locations;
using Appliance.Cli.Terminal;
using Appliance.Files;
using Appliance.Imaging.Disk;
using Appliance.Rendering.Documents;

namespace Appliance.Cli.Verbs;

/// <summary><c>seed</c>: writes the medium, or the text, that makes a machine the site at its first boot.</summary>
internal sealed class SeedVerb
{
    private readonly Argument<string> site = SiteArgument.Create();
    private readonly SecretOptions secrets = new();

    private readonly Option<string> folder = new("--output", "-o")
    {
        Description = "The folder to write into",
        HelpName = "DIR",
        DefaultValueFactory = _ => "out",
    };

    private readonly Option<string> format = new("--format")
    {
        Description = "fat, iso or both",
        DefaultValueFactory = _ => "both",
    };

    private readonly Option<bool> cloud = new("--cloud")
    {
        Description = "Print the user data for a provider's form instead of writing media",
    };

    private readonly Option<bool> stock = new("--stock")
    {
        Description = "For FreeBSD's own cloud image (nuageinit), where no images can be uploaded",
    };

    private readonly Option<string?> instance = new("--instance-id")
    {
        Description = "A new one makes the machine personalise again (default: the site's name)",
        HelpName = "ID",
    };

    private readonly Option<string?> signature = new("--signature")
    {
        Description =
            "What ssh-keygen -Y sign -n appliance-site made of the output of 'appliance document'",
        HelpName = "FILE",
    };

    private readonly Option<string?> password = new("--console-password")
    {
        Description = "A file with the hash of root's password for the console (openssl passwd -6)",
        HelpName = "FILE",
    };

    public static Command Create(VerbRunner runner)
    {
        var verb = new SeedVerb();
        var command = new Command(
            "seed",
            """
            Write the seed medium that makes a machine the site at its first boot: document and secrets

            Examples:
              appliance seed router01 --secrets secrets.env
              APPLIANCE_SECRET_IFOG_MD5=… appliance seed router01 --cloud
              appliance seed router01 --stock --cloud --secrets secrets.env
              appliance seed router01 --signature router01.json.sig
            """
        )
        {
            verb.site,
            verb.folder,
            verb.format,
            verb.cloud,
            verb.stock,
            verb.instance,
            verb.signature,
            verb.password,
        };
        verb.secrets.AddTo(command);
        verb.format.AcceptOnlyFromAmong("fat", "iso", "both");
        runner.SetAction(command, (context, token) => Task.FromResult(verb.Run(context, token)));
        return command;
    }

    private int Run(VerbContext context, CancellationToken token)
    {
        var chosen = SiteArgument.Choose(
            Project.ReadValid(context),
            context.Get(site)!,
            context.NetworkPath
        );
        var request = Request(context, chosen.Document);
        foreach (var name in request.MissingSecrets)
        {
            context.Output.Note(
                $"note: there is no secret '{name}'; its session stays shut down until there is"
            );
        }

        var files = Files(context, request, chosen);
        if (context.Get(cloud))
        {
            context.Environment.Out.Write(files.Single(file => file.Name == "user-data").Text);
            return ExitCodes.Ok;
        }

        Write(context, chosen.Document, files, token);
        return ExitCodes.Ok;
    }

    private SeedRequest Request(VerbContext context, SiteDocument document) =>
        new()
        {
            Document = document,
            Secrets = secrets.Read(context, document),
            InstanceId = context.Get(instance),
            Signature = ReadText(context, context.Get(signature)),
            ConsolePassword = ReadText(context, context.Get(password))?.Trim(),
        };

    private IReadOnlyList<(string Name, string Text)> Files(
        VerbContext context,
        SeedRequest request,
        ChosenSite chosen
    )
    {
        var files = SeedFiles.Create(request);
        if (!context.Get(stock))
        {
            return files;
        }

        var packages = chosen.Profile.Profile.Packages.Select(package => package.Value).ToList();
        return
        [
            .. files.Where(file => file.Name != "user-data"),
            ("user-data", StockCloudConfig.Create(request, packages)),
        ];
    }

    private void Write(
        VerbContext context,
        SiteDocument document,
        IReadOnlyList<(string Name, string Text)> files,
        CancellationToken token
    )
    {
        var target = context.Environment.Resolve(context.Get(folder)!);
        OutputFolder.Create(target);
        var written = new List<string>();
        foreach (var (name, extension) in new[] { ("fat", "seed.img"), ("iso", "seed.iso") })
        {
            if (context.Get(format) is "both" || context.Get(format) == name)
            {
                var path = Path.Combine(target, $"{document.Site}.{extension}");
                var content =
                    name == "fat" ? SeedMedium.Fat(files, time: 0) : SeedMedium.Iso(files, time: 0);
                // It may hold secrets.
                ImageFile.WriteSecret(content, path, token);
                written.Add(path);
            }
        }

        context.Output.Result(
            AnswerJson.Shapes.SeedAnswer,
            () => new(document.Site, written),
            people => written.ForEach(people.WriteLine)
        );
    }

    private static string? ReadText(VerbContext context, string? path)
    {
        if (path is null)
        {
            return null;
        }

        var full = context.Environment.Resolve(path);
        return File.Exists(full)
            ? File.ReadAllText(full)
            : throw new MissingInputException($"{path} is not there");
    }
}
