using System.Diagnostics;

namespace Appliance.Rendering.Tests;

/// <summary>Runs a foreign program on a rendered file; a test without the program is skipped, by name.</summary>
internal static class Tool
{
    /// <summary>The path itself if there is a program, or the test is skipped.</summary>
    public static string RequireAt(string path)
    {
        Assert.SkipUnless(File.Exists(path), $"{path} is not installed");
        return path;
    }

    /// <summary>Full path of a program, or the test is skipped.</summary>
    public static string Require(string name)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var found = folders
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, $"{name} is not installed");
        return found!;
    }

    public static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }
}
