using System.CommandLine;
using Appliance.Cli.Answers;
using Appliance.Cli.Locations;
using Appliance.Cli.Terminal;
using Appliance.Model.Reports;

namespace Appliance.Cli.Verbs;

/// <summary><c>check</c>: reads network and profiles and tells everything that is wrong with them.</summary>
internal static class CheckVerb
{
    public static Command Create(VerbRunner runner)
    {
        var strict = new Option<bool>("--strict") { Description = "Warnings fail, too" };
        var command = new Command(
            "check",
            """
            Read network file and profiles, and report everything that is wrong

            Examples:
              appliance check
              appliance check --network as64500.yaml --strict
              appliance check --json | jq '.findings[].code'
            """
        )
        {
            strict,
        };
        runner.SetAction(
            command,
            (context, token) => RunAsync(context, context.Get(strict), token),
            ExampleUse.SaidAloud
        );
        return command;
    }

    private static async Task<int> RunAsync(
        VerbContext context,
        bool strict,
        CancellationToken token
    )
    {
        var project = Project.Read(context);
        var report = project.Report;
        foreach (var profile in project.Profiles.Values)
        {
            await ProfileInputs.ReportUnknownPackagesAsync(
                context.Environment,
                profile,
                report,
                token
            );
        }

        context.Output.Result(
            AnswerJson.Shapes.CheckAnswer,
            () => new(context.NetworkPath, report.ErrorCount, report.WarningCount, report.Findings),
            people =>
            {
                people.Write(context.Output.TextOf(report));
                people.WriteLine($"{context.NetworkName}: {Summary(project)}");
            }
        );
        return report.HasErrors || (strict && report.WarningCount > 0)
            ? ExitCodes.DataError
            : ExitCodes.Ok;
    }

    /// <summary>What was read and what is wrong; of a file with errors nothing is counted that was not read.</summary>
    private static string Summary(Project project)
    {
        var findings =
            $"{Counted.Of(project.Report.ErrorCount, "error")}, {Counted.Of(project.Report.WarningCount, "warning")}";
        return project.Network is { } network
            ? $"{Counted.Of(network.Sites.Count, "site")}, {Counted.Of(network.Links.Count, "link")}, {findings}"
            : findings;
    }
}
