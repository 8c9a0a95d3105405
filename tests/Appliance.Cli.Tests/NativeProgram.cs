using System.Diagnostics;

namespace Appliance.Cli.Tests;

/// <summary>The program as it is published, in native code; compiled once for all tests that ask for it.</summary>
public sealed class NativeProgram : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-native-");

    /// <summary>Where the program and what belongs to it lie.</summary>
    public string Folder => Path.Combine(folder.FullName, "program");

    public async ValueTask InitializeAsync()
    {
        if (OperatingSystem.IsLinux())
        {
            var (exitCode, output, error) = await RunAsync(
                "dotnet",
                folder.FullName,
                [
                    "publish",
                    RepositoryRoot.Combine("builder", "Appliance.Cli"),
                    "--runtime",
                    "linux-x64",
                    "--artifacts-path",
                    Path.Combine(folder.FullName, "artifacts"),
                    "--output",
                    Folder,
                    "--nologo",
                ]
            );
            Assert.True(exitCode == 0, output + error);
        }
    }

    /// <summary>Runs it in the folder of a command line in this process, on the same cache.</summary>
    public Task<(int ExitCode, string Output, string Error)> RunAsync(
        string workingFolder,
        params string[] arguments
    )
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "is published for Linux only");
        return RunAsync(Path.Combine(Folder, "appliance"), workingFolder, arguments);
    }

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string program,
        string workingFolder,
        string[] arguments
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(workingFolder, "cache");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
