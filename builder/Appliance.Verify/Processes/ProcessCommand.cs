namespace Appliance.Verify.Processes;

/// <summary>A child process to be started, as plain data.</summary>
/// <param name="Tool">The program.</param>
/// <param name="Arguments">Its arguments, unquoted; they reach the program exactly as they are.</param>
public sealed record ProcessCommand(Tool Tool, params IReadOnlyList<string> Arguments)
{
    /// <summary>Null: the folder of this process.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>Added to the clean environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } =
        new Dictionary<string, string>();

    /// <summary>After this time the process and its children are killed. Default: one minute.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The command as one would type it into a POSIX shell.</summary>
    public string Quoted => ShellQuoting.Command([Tool.Name, .. Arguments]);
}
