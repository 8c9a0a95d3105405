using System.Globalization;
using Appliance.Cli.Terminal;
using Appliance.Verify.Reports;
using Appliance.Verify.Runs;
using Spectre.Console;

namespace Appliance.Cli.Verbs;

/// <summary>A verification for people: what was judged, how long each stage took, and what to do about a failure.</summary>
internal static class VerifyTable
{
    public static void Write(Output output, VerifyResult result, string reportFolder)
    {
        if (result.AcceleratorNote is { } note)
        {
            output.Ansi.MarkupLineInterpolated($"note: {note}");
        }

        output.Ansi.Write(Checks(result));
        output.Ansi.Write(Timings(result));
        foreach (var run in result.Runs.Where(run => !run.Passed))
        {
            WriteFailure(output, run);
        }

        output.Ansi.MarkupLineInterpolated(
            $"{(result.Passed ? "PASSED" : "FAILED")}  {result.ImagePath}  (reports: {reportFolder})"
        );
    }

    private static Table Checks(VerifyResult result)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns("", "Run", "Check", "Seen");
        foreach (var row in ReportTables.Checks(result))
        {
            table.AddRow(
                row.Passed ? "[green]ok[/]" : "[red]FAIL[/]",
                row.Run,
                Markup.Escape(row.Check),
                Markup.Escape(row.Detail)
            );
        }

        return table;
    }

    private static Table Timings(VerifyResult result)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns("Run", "Boot", "Stage", "From", "Took");
        foreach (var row in ReportTables.Timings(result))
        {
            table.AddRow(
                row.Run,
                row.Boot.ToString(CultureInfo.InvariantCulture),
                row.Phase.ToString(),
                Seconds(row.Start),
                row.Duration is { } duration ? Seconds(duration) : ""
            );
        }

        return table;
    }

    private static string Seconds(TimeSpan time) =>
        time.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture) + " s";

    private static void WriteFailure(Output output, RunResult run)
    {
        var writer = output.Environment.Out;
        writer.WriteLine($"{run.Name} failed. The end of its console:");
        foreach (var line in run.LastConsoleLines)
        {
            writer.WriteLine($"  | {line}");
        }

        writer.WriteLine($"To see it by hand: {run.ReproduceCommand}");
    }
}
