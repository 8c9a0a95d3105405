using Appliance.Cli.Terminal;

namespace Appliance.Cli.Tests;

/// <summary>Runs the command line in-process, in a folder and with an environment of its own.</summary>
internal sealed class CliRun : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-cli-");

    /// <param name="withNetwork">The example lies in the folder as network.yaml, as a user's own would.</param>
    public CliRun(bool withNetwork = true)
    {
        if (withNetwork)
        {
            Write("network.yaml", ExampleNetwork);
        }
    }

    public string Folder => folder.FullName;

    /// <summary>What the command reads from standard input.</summary>
    public byte[] Input { get; set; } = [];

    /// <summary>Columns of the terminal that both outputs are; null: they are none.</summary>
    public int? Terminal { get; set; }

    /// <summary>Value of NO_COLOR.</summary>
    public string? NoColour { get; set; }

    public string Out { get; private set; } = "";

    /// <summary>The day on which the command runs.</summary>
    public DateOnly Today { get; set; } = new(2026, 2, 1);

    public string Error { get; private set; } = "";

    /// <summary>Runs one command and returns its exit code.</summary>
    public Task<int> RunAsync(params string[] arguments) =>
        RunAsync(Environment.GetEnvironmentVariable("PATH"), arguments);

    /// <summary>The same where no program can be found.</summary>
    public Task<int> RunWithoutPathAsync(params string[] arguments) => RunAsync("", arguments);

    private async Task<int> RunAsync(string? searchPath, string[] arguments)
    {
        using var standardOutput = new StringWriter();
        using var standardError = new StringWriter();
        var environment = new CliEnvironment
        {
            Out = standardOutput,
            Error = standardError,
            WorkingFolder = Folder,
            OpenInput = () => new MemoryStream(Input),
            OutIsTerminal = Terminal is not null,
            ErrorIsTerminal = Terminal is not null,
            TerminalWidth = Terminal,
            Clock = new StoppedClock(Today),
            Variable = name =>
                name switch
                {
                    "XDG_CACHE_HOME" => Path.Combine(Folder, "cache"),
                    "PATH" => searchPath,
                    "NO_COLOR" => NoColour,
                    _ => null,
                },
        };
        var code = await ApplianceCli.RunAsync(
            arguments,
            environment,
            TestContext.Current.CancellationToken
        );
        Out = standardOutput.ToString();
        Error = standardError.ToString();
        return code;
    }

    /// <summary>Writes a file into the folder.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The same, for the owner's eyes alone.</summary>
    public string WriteSecret(string name, string text)
    {
        var path = Write(name, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }

    /// <summary>The text of the example network that comes with the program.</summary>
    public static string ExampleNetwork =>
        File.ReadAllText(
            Path.Combine(AppContext.BaseDirectory, "profiles", "networks", "example.yaml")
        );

    /// <summary>
    /// Copies the example network and its profiles into a folder, where locks may be written beside them. They name no
    /// packages: the small release has none, and its sets are named on the command line.
    /// </summary>
    public static void CopyProfiles(string folder)
    {
        foreach (var name in new[] { "edge.yaml", "downstream.yaml", "networks/example.yaml" })
        {
            var copy = Path.Combine(folder, "profiles", name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            var shipped = Path.Combine(AppContext.BaseDirectory, "profiles", name);
            File.WriteAllText(copy, WithoutPackages(File.ReadAllText(shipped)));
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string WithoutPackages(string profile) =>
        string.Join(
            '\n',
            profile
                .Split('\n')
                .Where(line => !line.StartsWith("packages:", StringComparison.Ordinal))
        );
}
