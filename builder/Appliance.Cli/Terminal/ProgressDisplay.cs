using System.Diagnostics;
using System.Text.Json.Nodes;
using Appliance.Rendering.Text;

namespace Appliance.Cli.Terminal;

/// <summary>
/// Shows what a long piece of work is doing on standard error: in place on a terminal, otherwise a line
/// for each new step, and with <c>--json</c> a JSON object a line.
/// </summary>
public sealed class ProgressDisplay(Output output) : IDisposable
{
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly Stopwatch sinceDrawn = Stopwatch.StartNew();
    private string step = "";
    private bool lineIsOpen;

    /// <summary>Reports a step, and how far it is when <paramref name="total"/> (in bytes) is known.</summary>
    public void Report(string currentStep, long? done = null, long? total = null)
    {
        if (output.Quiet)
        {
            return;
        }

        lock (gate)
        {
            var isNew = currentStep != step;
            if (!isNew && (!Redraws || sinceDrawn.Elapsed < RedrawInterval))
            {
                return;
            }

            step = currentStep;
            sinceDrawn.Restart();
            Draw(isNew, done, total);
        }
    }

    /// <summary>Leaves the cursor on a line of its own.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            CloseLine();
        }
    }

    /// <summary>A terminal is redrawn, a machine wants the numbers; a log file wants neither.</summary>
    private bool Redraws => output.Json || output.Environment.ErrorIsTerminal;

    private void Draw(bool isNew, long? done, long? total)
    {
        var error = output.Environment.Error;
        if (output.Json)
        {
            error.WriteLine(
                new JsonObject
                {
                    ["progress"] = step,
                    ["done"] = done,
                    ["total"] = total,
                }.ToJsonString()
            );
        }
        else if (output.Environment.ErrorIsTerminal)
        {
            if (isNew)
            {
                CloseLine();
            }

            ((PrintableWriter)error).WriteControl("\r\u001b[K");
            error.Write($"{PrintableText.Line(step)}{Percentage(done, total)}");
            lineIsOpen = true;
        }
        else
        {
            error.WriteLine(PrintableText.Line(step));
        }

        error.Flush();
    }

    private void CloseLine()
    {
        if (lineIsOpen)
        {
            output.Environment.Error.WriteLine();
            lineIsOpen = false;
        }
    }

    private static string Percentage(long? done, long? total) =>
        done is { } part && total is > 0 and var whole
            ? string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"  {100.0 * part / whole:F0} %"
            )
            : "";
}
