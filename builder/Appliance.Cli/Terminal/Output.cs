using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Appliance.Cli.Answers;
using Appliance.Model.Reports;
using Appliance.Rendering.Text;
using Spectre.Console;

namespace Appliance.Cli.Terminal;

/// <summary>
/// Where a verb's words go: results to standard output, either for people or (<c>--json</c>) as one
/// JSON document; everything else to standard error.
/// </summary>
public sealed class Output(CliEnvironment environment, bool json, bool quiet)
{
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
    public void Warn(string text) => environment.Error.WriteLine(text);

    /// <summary>What is wrong with a file that a verb cannot work with; <c>check</c> has it as its result.</summary>
    public void Findings(Report report)
    {
        if (json)
        {
            environment.Error.WriteLine(
                JsonSerializer.Serialize(report.Findings, AnswerJson.Shapes.IReadOnlyListFinding)
            );
        }
        else
        {
            environment.Error.Write(report.ToText());
        }
    }

    /// <summary>An error; in JSON an object on standard error, so that standard output holds results only.</summary>
    public void Failure(string message, int exitCode)
    {
        if (json)
        {
            environment.Error.WriteLine(
                JsonSerializer.Serialize(new(message, exitCode), AnswerJson.Shapes.FailureAnswer)
            );
        }
        else
        {
            environment.Error.WriteLine($"appliance: {message}");
        }
    }

    private static IAnsiConsole CreateAnsi(CliEnvironment environment)
    {
        var coloured =
            environment.OutIsTerminal && string.IsNullOrEmpty(environment.Variable("NO_COLOR"));
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(((PrintableWriter)environment.Out).Inner),
                Ansi = coloured ? AnsiSupport.Detect : AnsiSupport.No,
                ColorSystem = coloured ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
            }
        );
        if (!environment.OutIsTerminal)
        {
            console.Profile.Width = 120;
        }

        console.Pipeline.Attach(new PrintableHook());
        return console;
    }
}
