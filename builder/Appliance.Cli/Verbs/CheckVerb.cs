using System.CommandLine;
using Appliance.Cli.Answers;
using Appliance.Cli.Locations;
using Appliance.Cli.Terminal;

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
            Read the network file and its profiles, and tell everything that is wrong with them

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
            (context, _) => Task.FromResult(Run(context, context.Get(strict)))
        );
        return command;
    }

    private static int Run(VerbContext context, bool strict)
    {
        var project = Project.Read(context);
        var report = project.Report;
        context.Output.Result(
            AnswerJson.Shapes.CheckAnswer,
            () => new(context.NetworkPath, report.ErrorCount, report.WarningCount, report.Findings),
            people =>
            {
                people.Write(report.ToText());
                people.WriteLine(
                    $"{context.NetworkPath}: {project.Network?.Sites.Count ?? 0} sites, "
                        + $"{project.Network?.Links.Count ?? 0} links, "
                        + $"{report.ErrorCount} errors, {report.WarningCount} warnings"
                );
            }
        );
        return report.HasErrors || (strict && report.WarningCount > 0)
            ? ExitCodes.DataError
            : ExitCodes.Ok;
    }
}
