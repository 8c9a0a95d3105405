using System.CommandLine;
using System.CommandLine.Parsing;
using Appliance.Build;
using Appliance.Build.Plans;
using Appliance.Cli.Answers;
using Appliance.Cli.Locations;
using Appliance.Cli.Requirements;
using Appliance.Cli.Terminal;
using Appliance.Imaging.Disk;
using Appliance.Model.Profiles;
using Appliance.Model.Reports;
using Appliance.Rendering.Verdicts;
using Appliance.Sources.Sets;

namespace Appliance.Cli.Verbs;

/// <summary><c>build</c>: writes a site's disk image.</summary>
internal static class BuildVerb
{
    public static Command Create(VerbRunner runner)
    {
        var subject = new ImageSubject();
        var images = new ImageOptions();
        var folder = new Option<string>("--output", "-o")
        {
            Description = "The folder to write into",
            HelpName = "DIR",
            DefaultValueFactory = _ => "out",
        };
        var formats = new Option<ImageFormat[]>("--format")
        {
            Description =
                "raw, qcow2, vmdk or vhd; may be given several times (default: the profile's)",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "FORMAT",
            CustomParser = ReadFormats,
        };
        var force = ForceOption.Create();
        var verify = new Option<bool>("--verify")
        {
            Description = "Boot the image afterwards, as 'appliance verify' does",
        };
        var command = new Command(
            "build",
            """
            Write a disk image, of one site or for any site of a profile

            Everything that needs no download comes first: check, render, plan. Sets and packages come from a folder
            that is named, from the cache or from their mirrors, and are verified before a byte of them is used.

            Examples:
              appliance build router01
              appliance build router01 --verify
              appliance build router01 --network as64500.yaml --sets ~/freebsd/sets --output images
              appliance build router01 --repository FreeBSD-ports=/srv/pkg --offline
              appliance build router01 --without-packages
              appliance build --profile edge
            """
        )
        {
            folder,
            formats,
            verify,
            force,
        };
        subject.AddTo(command);
        images.AddTo(command);
        runner.SetAction(
            command,
            async (context, token) =>
            {
                var name = subject.Read(context);
                CheckVerify(name, context.Get(verify));
                var image = await BuildAsync(
                    context,
                    images,
                    name,
                    new Destination(
                        context.Get(folder)!,
                        context.Get(formats) ?? [],
                        context.Get(force),
                        context.Get(verify)
                    ),
                    token
                );
                return context.Get(verify)
                    ? await VerifyVerb.RunAsync(context, image, token)
                    : ExitCodes.Ok;
            },
            ExampleUse.SaidAloud
        );
        return command;
    }

    /// <summary>An image that is nobody's yet would be judged as what it is: not a router.</summary>
    private static void CheckVerify(ImageName image, bool verify)
    {
        if (verify && image.IsProfile)
        {
            throw new UsageException(
                "an image of a profile becomes a router by a seed: 'appliance seed SITE', then "
                    + "'appliance verify IMAGE --seed FILE'"
            );
        }
    }

    /// <param name="Folder">Where the images go.</param>
    /// <param name="Formats">Instead of the profile's, if there are any.</param>
    /// <param name="Force">Overwrites an image of another network or site.</param>
    /// <param name="Verify">The image is booted afterwards.</param>
    private sealed record Destination(
        string Folder,
        IReadOnlyList<ImageFormat> Formats,
        bool Force,
        bool Verify
    );

    private static ImageFormat[]? ReadFormats(ArgumentResult result)
    {
        var formats = new List<ImageFormat>();
        foreach (var token in result.Tokens)
        {
            if (FormatNames.Find(token.Value) is { } format)
            {
                formats.Add(format);
            }
            else
            {
                result.AddError(
                    $"--format '{token.Value}' is none of {string.Join(", ", FormatNames.All)}"
                );
            }
        }

        return [.. formats];
    }

    /// <returns>The image to boot.</returns>
    private static async Task<VerifyChoice> BuildAsync(
        VerbContext context,
        ImageOptions options,
        ImageName image,
        Destination destination,
        CancellationToken token
    )
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var subject = BuildWork.Choose(context, options, image);
        context.Output.Note(Announcement(context, subject.Site));
        var formats = destination.Formats is { Count: > 0 } chosen ? chosen : subject.Formats;
        var output = new ImageOutput(context, destination.Folder, image.FileName, formats);
        await BuildRequirements.CheckAsync(
            context,
            options.FirstBootExecutable(context),
            subject.Inputs,
            new Wanted(formats, destination.Verify),
            token
        );
        var work = BuildWork.Prepare(context, options, subject);
        if (!destination.Force)
        {
            output.CheckOwner(
                work.Build.DiskId,
                work.Site.Document.Network,
                work.Site.Document.Site
            );
        }

        output.Check();
        var inputs = await work.FetchAsync(token);
        using var assembled = work.Assemble(inputs, token);
        work.Pin(inputs);
        var disk = assembled.Disk();
        var files = await output.WriteAsync(disk, token);
        Report(context, assembled, disk, files, clock.Elapsed);
        return new VerifyChoice(files[0])
        {
            Site = work.Site.Choices is null ? work.Site.Document : null,
        };
    }

    private static string Announcement(VerbContext context, ChosenSite site)
    {
        var profile = site.Profile.Profile;
        return $"building {(site.Choices is null ? site.Document.Site : "any site")} of {site.Document.Network} "
            + $"({context.NetworkName}): profile {profile.Name}, FreeBSD {profile.Release} {profile.Architecture}";
    }

    private static void Report(
        VerbContext context,
        AssembledSite assembled,
        DiskPlan disk,
        IReadOnlyList<string> files,
        TimeSpan duration
    )
    {
        var plan = assembled.Outline();
        context.Output.Result(
            AnswerJson.Shapes.BuildAnswer,
            () =>
                new(
                    plan.Site,
                    plan.Profile,
                    plan.Choices,
                    plan.Base,
                    files,
                    disk.Size,
                    (long)duration.TotalMilliseconds,
                    plan.Inputs
                ),
            people =>
            {
                foreach (var file in files)
                {
                    people.WriteLine(file);
                }

                if (plan.Base.Source == BaseSource.Sets)
                {
                    context.Output.Warn($"warning: {plan.Base.Text}");
                }
                else
                {
                    context.Output.Note($"base: {plan.Base.Text}");
                }

                context.Output.Note(
                    $"{plan.Site ?? plan.Profile}: {Counted.Of(assembled.Image.Tree.CountNames(), "name")}, "
                        + $"{ByteText.Of(assembled.Image.LeftOut.Bytes)} left out, "
                        + $"a disk of {ByteText.Of(disk.Size)}, {duration.TotalSeconds:F1} s"
                );
            }
        );
    }
}
