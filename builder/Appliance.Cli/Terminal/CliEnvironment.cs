using Appliance.Rendering.Text;

namespace Appliance.Cli.Terminal;

/// <summary>
/// Everything a verb takes from the process around it, so that tests call verbs in-process with their own.
/// </summary>
public sealed record CliEnvironment
{
    /// <summary>Standard output; what is written to it is escaped.</summary>
    public required TextWriter Out
    {
        get;
        init => field = PrintableWriter.Over(value);
    }

    /// <summary>Standard error; what is written to it is escaped.</summary>
    public required TextWriter Error
    {
        get;
        init => field = PrintableWriter.Over(value);
    }

    /// <summary>Absolute path; relative arguments are relative to it.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>Looks up an environment variable; null when it is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

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
            ErrorIsTerminal = !Console.IsErrorRedirected,
            OutIsTerminal = !Console.IsOutputRedirected,
        };
}
