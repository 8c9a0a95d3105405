using System.Diagnostics;

namespace Appliance.Imaging.Tests.Support;

/// <summary>Runs foreign readers. A test whose tool is not installed is skipped and says so.</summary>
internal static class Tool
{
    public sealed record Result(int ExitCode, string Output, string Errors)
    {
        public string All => Output + Errors;
    }

    /// <summary>Runs a tool; every exit code is the caller's business.</summary>
    public static Result Try(string name, params string[] arguments)
    {
        Assert.SkipUnless(Find(name) is not null, $"'{name}' is not installed.");
        var start = new ProcessStartInfo(Find(name)!, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C";
        start.Environment["TZ"] = "UTC";
        start.Environment["MTOOLS_SKIP_CHECK"] = "1";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync(
            TestContext.Current.CancellationToken
        );
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Result(process.ExitCode, output, errors.Result);
    }

    /// <summary>Runs a tool that has to succeed.</summary>
    public static string Run(string name, params string[] arguments)
    {
        Result result = Try(name, arguments);
        Assert.True(
            result.ExitCode == 0,
            $"{name} {string.Join(' ', arguments)} ended with {result.ExitCode}:\n{result.All}"
        );
        return result.Output;
    }

    private static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Concat(["/usr/sbin", "/sbin"])
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
