using System.CommandLine;
using Appliance.Cli.Answers;
using Appliance.Cli.Terminal;
using Appliance.Conformance;

namespace Appliance.Cli.Verbs;

/// <summary><c>lab test</c>: neighbors that misbehave, and what the edges make of it.</summary>
internal static class LabTestVerb
{
    public static Command Create(VerbRunner runner)
    {
        var options = new LabOptions("test");
        var junit = new Option<string?>("--junit")
        {
            Description = "Write the cases as JUnit XML",
            HelpName = "FILE",
        };
        var command = new Command(
            "test",
            """
            Bring the network up, let its neighbors misbehave, and judge what the edges make of it

            One line a case, with what was seen: bgpd's table, the kernel's routes, and what the neighbors were told. Exit
            status 1 means that an edge took or told what it should not.

            Examples:
              sudo appliance lab test
              sudo appliance lab test --network as64500.yaml --junit lab.xml
              sudo appliance lab test --vm router01
              sudo appliance lab test --json | jq '.cases[] | select(.outcome == "failed")'
            """
        )
        {
            junit,
        };
        options.AddTo(command);
        runner.SetAction(
            command,
            (context, token) => RunAsync(context, options, context.Get(junit), token),
            ExampleUse.SaidAloud
        );
        return command;
    }

    private static async Task<int> RunAsync(
        VerbContext context,
        LabOptions options,
        string? junit,
        CancellationToken token
    )
    {
        var request = await options.RequestAsync(context, token, lowerLimits: true);
        IReadOnlyList<CaseResult> results;
        await using (var lab = await LabUpVerb.StartAsync(context, request, token))
        {
            using var display = new ProgressDisplay(context.Output);
            results = await new MatrixRun(lab).RunAsync(
                MatrixParts.All,
                new SynchronousProgress<string>(step => display.Report(step)),
                token
            );
        }

        if (junit is not null)
        {
            MatrixReport.Write(results, context.Environment.Resolve(junit));
        }

        var failed = results.Count(result => result.Outcome == CaseOutcome.Failed);
        var skipped = results.Count(result => result.Outcome == CaseOutcome.Skipped);
        context.Output.Result(
            AnswerJson.Shapes.LabTestAnswer,
            () => new(failed == 0, failed, skipped, results),
            people =>
            {
                foreach (var result in results)
                {
                    people.WriteLine(Line(result));
                }

                people.WriteLine(
                    $"{results.Count - failed - skipped} passed, {failed} failed, {skipped} skipped"
                );
            }
        );
        return failed == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static string Line(CaseResult result)
    {
        var word = result.Outcome switch
        {
            CaseOutcome.Passed => "ok  ",
            CaseOutcome.Failed => "FAIL",
            CaseOutcome.Skipped => "skip",
        };
        return $"{word}  {result.Session}  {result.Title}  [{result.Evidence}]";
    }
}
