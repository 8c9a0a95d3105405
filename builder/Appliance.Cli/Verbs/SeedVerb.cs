using System.CommandLine;
using Appliance.Build.Seeds;
using Appliance.Cli.Answers;
using Appliance.Cli.Locations;
using Appliance.Cli.Terminal;
using Appliance.Imaging.Disk;
using Appliance.Model.Networks;
using Appliance.Rendering;
using Appliance.Rendering.Documents;

namespace Appliance.Cli.Verbs;

/// <summary><c>seed</c>: writes the medium, or the text, that makes a machine the site at its first boot.</summary>
internal sealed class SeedVerb
{
    /// <summary>What --format calls them, and how their files end.</summary>
    private static readonly (string Name, string Extension)[] Media =
    [
        ("fat", "seed.img"),
        ("iso", "seed.iso"),
    ];

    private readonly Argument<string> site = SiteArgument.Create();
    private readonly SecretOptions secrets = new();

    private readonly Option<string> folder = new("--output", "-o")
    {
        Description = "The folder to write into",
        HelpName = "DIR",
        DefaultValueFactory = _ => "out",
    };

    private readonly Option<bool> force = ForceOption.Create();

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

    private readonly SignedDocumentOptions signed = new();
    private readonly UserDataSize size = new();

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
            Write the seed medium: a site's document and secrets for first boot

            Examples:
              appliance seed router01 --secrets secrets.env
              APPLIANCE_SECRET_IFOG_MD5=… appliance seed router01 --cloud
              appliance seed router01 --stock --cloud --provider hetzner --secrets secrets.env
              appliance seed router01 --document router01.json --signature router01.json.sig
            """
        )
        {
            verb.site,
            verb.folder,
            verb.format,
            verb.cloud,
            verb.stock,
            verb.instance,
            verb.password,
            verb.force,
        };
        verb.signed.AddTo(command);
        verb.size.AddTo(command);
        verb.secrets.AddTo(command);
        verb.format.AcceptOnlyFromAmong("fat", "iso", "both");
        runner.SetAction(command, (context, token) => Task.FromResult(verb.Run(context, token)));
        return command;
    }

    private int Run(VerbContext context, CancellationToken token)
    {
        var project = Project.ReadValid(context);
        var chosen = SiteArgument.Choose(project, context.Get(site)!, context.NetworkPath);
        var request = Request(context, chosen.Document, project.Network!);
        foreach (var name in request.MissingSecrets)
        {
            context.Output.Note(
                $"note: there is no secret '{name}'; its session stays shut down until there is"
            );
        }

        var files = Files(context, request, chosen);
        var userData = files.Single(file => file.Name == "user-data").Text;
        size.Check(context, userData, isForForm: context.Get(cloud));
        if (context.Get(cloud))
        {
            context.Environment.Out.Write(userData);
            return ExitCodes.Ok;
        }

        Write(context, chosen.Document, files, token);
        return ExitCodes.Ok;
    }

    private SeedRequest Request(VerbContext context, SiteDocument site, Network network)
    {
        var (document, signature) = signed.Read(context, site, network, context.Get(stock));
        return new()
        {
            Document = document,
            Secrets = secrets.Read(context, document, network),
            InstanceId = context.Get(instance),
            Signature = signature,
            ConsolePassword = Password(context, document),
        };
    }

    private string? Password(VerbContext context, SiteDocument document)
    {
        if (context.Get(password) is not { } path)
        {
            return null;
        }

        if (document.Admin.SigningKeys is { Count: > 0 } && !context.Get(stock))
        {
            context.Output.Warn(
                "warning: images of this network ignore the console password: a seed cannot sign it (see docs/signing.md)"
            );
        }

        var hash = InputText.Read(context, path).Trim();
        return PasswordHash.IsHash(hash)
            ? hash
            : throw new RenderingException(
                path,
                "it is no hash of crypt(3), such as openssl passwd -6 prints"
            );
    }

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
        var target = OutputFolder.Resolve(context.Environment, context.Get(folder)!, "--output");
        CheckOwners(context, document, target);
        Directory.CreateDirectory(target);
        var written = new List<string>();
        foreach (var (name, extension) in Media)
        {
            if (context.Get(format) is "both" || context.Get(format) == name)
            {
                var path = Path.Combine(target, $"{document.Site}.{extension}");
                var content =
                    name == "fat" ? SeedMedium.Fat(files, time: 0) : SeedMedium.Iso(files, time: 0);
                ImageFile.WriteContent(content, path, cancellationToken: token);
                Close(path);
                written.Add(path);
            }
        }

        context.Output.Result(
            AnswerJson.Shapes.SeedAnswer,
            () => new(document.Site, written),
            people => written.ForEach(people.WriteLine)
        );
    }

    private void CheckOwners(VerbContext context, SiteDocument document, string target)
    {
        foreach (var (_, extension) in context.Get(force) ? [] : Media)
        {
            OutputOwner.CheckSeed(
                Path.Combine(target, $"{document.Site}.{extension}"),
                document.Network,
                document.Site,
                document.Hostname
            );
        }
    }

    /// <summary>It may hold secrets.</summary>
    private static void Close(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
