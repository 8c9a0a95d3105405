using System.Diagnostics;

namespace Appliance.Build.Tests;

/// <summary>Programs that read our formats and are not ours.</summary>
internal static class ForeignTool
{
    /// <summary>Runs a program, or skips the test by name when it is not installed.</summary>
    public static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        var path = new[] { "/usr/bin", "/usr/sbin", "/sbin", "/bin" }
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
        Assert.SkipUnless(path is not null, $"{program} is not installed");
        var start = new ProcessStartInfo(path!, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
