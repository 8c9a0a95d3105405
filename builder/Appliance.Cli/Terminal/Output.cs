using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Appliance.Cli.Answers;
using Appliance.Model.Reports;
using Spectre.Console;

namespace Appliance.Cli.Terminal;

/// <summary>
/// Where a verb's words go: results to standard output, either for people or (<c>--json</c>) as one
/// JSON document; everything else to standard error.
/// </summary>
public sealed class Output(CliEnvironment environment, bool json, bool quiet)
{
    private static readonly JsonSerializerOptions Lines = new()
    {
        TypeInfoResolver = AnswerJson.Shapes,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public CliEnvironment Environment => environment;

    /// <summary>Machines read this run.</summary>
    public bool Json => json;

    /// <summary>Only results and errors are wanted.</summary>
    public bool Quiet => quiet;

    /// <summary>Standard output for tables and trees, without colour where nobody would see it.</summary>
    public IAnsiConsole Ansi { get; } = CreateAnsi(environment);

    /// <summary>The result of the verb: a value as JSON, or what <paramref name="people"/> writes.</summary>
    public void Result<T>(JsonTypeInfo<T> shape, Func<T> machines, Action<TextWriter> people) =>
        Result(() => JsonSerializer.Serialize(machines(), shape) + "\n", people);

    /// <summary>The result of the verb: a JSON document with its final newline, or what <paramref name="people"/> writes.</summary>
    public void Result(Func<string> machines, Action<TextWriter> people)
    {
        if (json)
        {
            environment.Out.Write(machines());
        }
        else
        {
            people(environment.Out);
        }

        environment.Out.Flush();
    }

    /// <summary>Something worth knowing that is not the result.</summary>
    public void Note(string text)
    {
        if (!quiet && !json)
        {
            environment.Error.WriteLine(text);
        }
    }

    /// <summary>Something that must not go unnoticed, and does not stop the work: it is told in quiet runs, too.</summary>
    public void Warn(string text)
    {
        if (json)
        {
            WriteLine(new JsonObject { ["warning"] = text });
        }
        else
        {
            environment.Error.WriteLine(text);
        }
    }

    /// <summary>The text of a report for standard output, or for standard error.</summary>
    public string TextOf(Report report, bool onError = false)
    {
        var isTerminal = onError ? environment.ErrorIsTerminal : environment.OutIsTerminal;
        return report.ToText(
            isTerminal
                ? new ReportStyle(environment.TerminalWidth, Colour: UsesColour(environment))
                : ReportStyle.Plain
        );
    }

    /// <summary>
    /// An error. With <c>--json</c> it is one object on one line of standard error, as is everything there, so that
    /// standard output holds results only.
    /// </summary>
    /// <param name="message">What happened, where, and what to do.</param>
    /// <param name="exitCode">Of the process.</param>
    /// <param name="report">What is wrong with the files that the verb cannot work with.</param>
    public void Failure(string message, int exitCode, Report? report = null)
    {
        if (json)
        {
            var failure = new JsonObject { ["error"] = message, ["exit_code"] = exitCode };
            if (report is not null)
            {
                failure["findings"] = JsonSerializer.SerializeToNode(
                    report.Findings,
                    AnswerJson.Shapes.IReadOnlyListFinding
                );
            }

            WriteLine(failure);
            return;
        }

        environment.Error.Write(report is null ? "" : TextOf(report, onError: true));
        environment.Error.WriteLine($"appliance: {message}");
    }

    private void WriteLine(JsonObject line) =>
        environment.Error.WriteLine(line.ToJsonString(Lines));

    private static bool UsesColour(CliEnvironment environment) =>
        string.IsNullOrEmpty(environment.Variable("NO_COLOR"))
        && environment.Variable("TERM") is not "dumb";

    private static IAnsiConsole CreateAnsi(CliEnvironment environment)
    {
        var coloured = environment.OutIsTerminal && UsesColour(environment);
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(environment.Out),
                Ansi = coloured ? AnsiSupport.Detect : AnsiSupport.No,
                ColorSystem = coloured ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
            }
        );
        if (!environment.OutIsTerminal)
        {
            console.Profile.Width = 120;
        }

        return console;
    }
}
