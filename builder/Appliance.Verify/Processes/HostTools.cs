namespace Appliance.Verify.Processes;

/// <summary>Finds the host's programs on a search path.</summary>
/// <param name="searchPath">Folders separated as in PATH; empty means that no program is found.</param>
public sealed class HostTools(string searchPath)
{
    /// <summary>The search path, handed to child processes as their PATH.</summary>
    public string SearchPath { get; } = searchPath;

    /// <summary>The host tools on the PATH of this process.</summary>
    public static HostTools FromEnvironment() =>
        new(Environment.GetEnvironmentVariable("PATH") ?? "");

    /// <summary>The absolute path of a program.</summary>
    /// <exception cref="MissingToolException">It is not on the search path.</exception>
    public string Find(Tool tool) => FindOrNull(tool) ?? throw new MissingToolException(tool);

    /// <summary>The absolute path of a program; null where it is not on the search path.</summary>
    public string? PathOf(Tool tool) => FindOrNull(tool);

    /// <summary>Whether a program is there, for steps that can do without.</summary>
    public bool Has(Tool tool) => FindOrNull(tool) is not null;

    private string? FindOrNull(Tool tool) =>
        SearchPath
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => FileNames(tool.Name).Select(name => Path.Combine(folder, name)))
            .Where(IsExecutable)
            .Select(Path.GetFullPath)
            .FirstOrDefault();

    private static string[] FileNames(string name) =>
        OperatingSystem.IsWindows() ? [name + ".exe"] : [name];

    private static bool IsExecutable(string path)
    {
        const UnixFileMode AnyExecute =
            UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path)
            && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & AnyExecute) != 0);
    }
}
