namespace Appliance.Cli.Terminal;

/// <summary>
/// Everything a verb takes from the process around it, so that tests call verbs in-process with their own.
/// </summary>
public sealed record CliEnvironment
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Opens standard input, for a file that is named "-".</summary>
    public Func<Stream> OpenInput { get; init; } = Console.OpenStandardInput;

    /// <summary>Columns of the terminal; null where neither output is one.</summary>
    public int? TerminalWidth { get; init; }

    /// <summary>Absolute path; relative arguments are relative to it.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>Looks up an environment variable; null when it is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Names of all environment variables; none where nobody asks.</summary>
    public Func<IEnumerable<string>> VariableNames { get; init; } = () => [];

    /// <summary>What day it is, for findings about things that grow old.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Whether <see cref="Error"/> is a terminal: only then is progress redrawn in place.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Whether <see cref="Out"/> is a terminal: only then are colours considered.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Resolves a path argument.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, WorkingFolder);

    /// <summary>The environment of this process.</summary>
    public static CliEnvironment OfProcess() =>
        new()
        {
            Out = Console.Out,
            Error = Console.Error,
            WorkingFolder = Environment.CurrentDirectory,
            Variable = Environment.GetEnvironmentVariable,
            VariableNames = () => Environment.GetEnvironmentVariables().Keys.OfType<string>(),
            ErrorIsTerminal = !Console.IsErrorRedirected,
            OutIsTerminal = !Console.IsOutputRedirected,
            TerminalWidth =
                Console.IsOutputRedirected && Console.IsErrorRedirected ? null : WindowWidth(),
        };

    /// <summary>Null where the terminal does not say.</summary>
    private static int? WindowWidth()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
