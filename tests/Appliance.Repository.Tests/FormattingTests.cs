using System.Diagnostics;

namespace Appliance.Repository.Tests;

/// <summary>CSharpier decides what C# looks like here; this test only asks it.</summary>
public class FormattingTests
{
    [Fact]
    public async Task Every_source_file_is_formatted()
    {
        var (exitCode, output) = await CSharpier(RepositoryRoot.Path, ".");
        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task A_badly_formatted_file_is_noticed()
    {
        var folder = Directory.CreateTempSubdirectory("appliance-format-");
        try
        {
            var file = Path.Combine(folder.FullName, "Bad.cs");
            await File.WriteAllTextAsync(
                file,
                "class   Bad{ }",
                TestContext.Current.CancellationToken
            );
            var (exitCode, output) = await CSharpier(RepositoryRoot.Path, file);
            Assert.NotEqual(0, exitCode);
            Assert.Contains("Bad.cs", output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int ExitCode, string Output)> CSharpier(string folder, string target)
    {
        await Dotnet(folder, "tool", "restore");
        return await Dotnet(folder, "csharpier", "check", target);
    }

    private static async Task<(int ExitCode, string Output)> Dotnet(
        string folder,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var token = TestContext.Current.CancellationToken;
        var standardOutput = process.StandardOutput.ReadToEndAsync(token);
        var standardError = process.StandardError.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        return (process.ExitCode, await standardOutput + await standardError);
    }
}
