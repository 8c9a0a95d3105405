using System.CommandLine;
using Appliance.Cli.Terminal;
using Appliance.Files;
using Appliance.Verify.Qemu;
using Appliance.Verify.Reports;
using Appliance.Verify.Runs;

namespace Appliance.Cli.Verbs;

/// <summary><c>verify</c>: boots an image and judges what it says of itself.</summary>
internal static class VerifyVerb
{
    public static Command Create(VerbRunner runner)
    {
        var image = new Argument<string>("IMAGE")
        {
            Description = "A disk image; it is not changed",
        };
        var options = new VerifyOptions();
        var command = new Command(
            "verify",
            """
            Boot an image in QEMU, twice on each firmware, and judge what it says of itself

            The image is not changed. A run that saw no verdict has failed. Exit status 1 means that the
            router is not what was specified.

            Examples:
              appliance verify out/router01.img
              appliance verify out/router01.img --firmware uefi --machine q35 --accel tcg
              appliance verify out/profile-edge.img --seed out/router01.seed.img --site router01
              appliance verify out/router01.img --json | jq '.runs[].checks[] | select(.passed | not)'
            """
        )
        {
            image,
        };
        options.AddTo(command);
        runner.SetAction(
            command,
            (context, token) => RunAsync(context, options.Read(context, context.Get(image)!), token)
        );
        return command;
    }

    public static async Task<int> RunAsync(
        VerbContext context,
        VerifyChoice choice,
        CancellationToken token
    )
    {
        var path = context.Environment.Resolve(choice.Image);
        var reports = choice.ReportFolder is { } folder
            ? context.Environment.Resolve(folder)
            : Path.ChangeExtension(path, ".verify");
        var request = new VerifyRequest
        {
            ImagePath = path,
            Firmwares = choice.Firmwares,
            Machine = choice.Machine,
            Accelerator = choice.Accelerator,
            Memory = choice.Memory,
            TimeLimitPerBoot = choice.TimeLimit,
            Boots = choice.Boots,
            Site = choice.Site?.Site,
            Cards = SiteCards.Of([.. choice.Site?.Interfaces.Select(item => item.Match) ?? []]),
            Media = [.. choice.Seeds.Select(context.Environment.Resolve)],
            LogFolder = reports,
        };
        OutputFolder.Create(reports);
        VerifyResult result;
        using (var display = new ProgressDisplay(context.Output))
        {
            result = await Verifier
                .OfThisComputer()
                .RunAsync(
                    request,
                    new SynchronousProgress<VerifyProgress>(step =>
                        display.Report($"{step.Run} boot {step.Boot}: {step.Message}")
                    ),
                    token
                );
        }

        await ReportFiles.WriteJsonAsync(result, Path.Combine(reports, "verify.json"), token);
        await ReportFiles.WriteJUnitAsync(result, Path.Combine(reports, "junit.xml"), token);
        context.Output.Result(
            () => JsonReport.Write(result),
            _ => VerifyTable.Write(context.Output, result, reports)
        );
        return result.Passed ? ExitCodes.Ok : ExitCodes.Failed;
    }
}
