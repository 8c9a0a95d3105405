using System.Diagnostics;
using System.Text;

namespace Appliance.Tests;

/// <summary>
/// Programs of this machine that make what we read and read what we write. A test without its program is skipped, by name.
/// They run in an environment that is the same for everyone.
/// </summary>
internal static class ForeignTool
{
    private static readonly string[] Folders =
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator),
        "/usr/sbin",
        "/sbin",
    ];

    /// <summary>Full path of a program, or the test is skipped. A path is looked for where it says.</summary>
    public static string Require(string name)
    {
        var found = Folders
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, $"{name} is not installed");
        return found!;
    }

    /// <summary>Skips the test unless all of them are there.</summary>
    public static void RequireAll(params string[] names)
    {
        foreach (var name in names)
        {
            Require(name);
        }
    }

    /// <summary>Runs a program that has to succeed; what it printed.</summary>
    public static string Run(string name, params string[] arguments) =>
        Encoding.UTF8.GetString(RunOn(null, name, arguments));

    /// <summary>The same with bytes, and with something to read.</summary>
    public static byte[] RunOn(byte[]? input, string name, params string[] arguments)
    {
        var (exitCode, output, errors) = Start(input, name, arguments);
        Assert.True(
            exitCode == 0,
            $"{name} {string.Join(' ', arguments)} ended with {exitCode}:\n"
                + Encoding.UTF8.GetString(output)
                + errors
        );
        return output;
    }

    /// <summary>Runs a program; every exit code is the caller's business.</summary>
    public static ForeignResult Try(string name, params string[] arguments)
    {
        var (exitCode, output, errors) = Start(null, name, arguments);
        return new ForeignResult(exitCode, Encoding.UTF8.GetString(output), errors);
    }

    private static (int ExitCode, byte[] Output, string Errors) Start(
        byte[]? input,
        string name,
        string[] arguments
    )
    {
        var start = new ProcessStartInfo(Require(name), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = string.Join(Path.PathSeparator, Folders);
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["TZ"] = "UTC";
        // The images of our tests are smaller than what mtools takes for a disk.
        start.Environment["MTOOLS_SKIP_CHECK"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var feed = Task.Run(() =>
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        });
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        feed.Wait();
        return (process.ExitCode, output.ToArray(), errors.Result);
    }
}

/// <summary>What a program left behind.</summary>
internal sealed record ForeignResult(int ExitCode, string Output, string Errors)
{
    /// <summary>Output, then errors.</summary>
    public string All => Output + Errors;

    public void Deconstruct(out int exitCode, out string all) => (exitCode, all) = (ExitCode, All);
}
