using System.Diagnostics;
using System.Text;

namespace Appliance.Sources.Tests.Support;

/// <summary>Foreign tools that make fixtures and serve as second readers.</summary>
public static class Tool
{
    public static void Require(params string[] names)
    {
        foreach (var name in names)
        {
            Assert.SkipUnless(Exists(name), $"{name} is not installed");
        }
    }

    public static string Text(string name, params string[] arguments) =>
        Encoding.UTF8.GetString(Run(name, arguments));

    /// <summary>Runs a tool, optionally with something on its standard input, and returns its standard output.</summary>
    public static byte[] Run(
        string name,
        IEnumerable<string> arguments,
        byte[]? input = null,
        string? directory = null
    )
    {
        var (code, output, error) = TryRun(name, arguments, input, directory);
        Assert.True(code == 0, $"{name} exited with {code}: {error}");
        return output;
    }

    public static (int Code, byte[] Output, string Error) TryRun(
        string name,
        IEnumerable<string> arguments,
        byte[]? input = null,
        string? directory = null
    )
    {
        var start = new ProcessStartInfo(name, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? "",
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["TZ"] = "UTC";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var feed = Task.Run(() =>
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        });
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        feed.Wait();
        return (process.ExitCode, output.ToArray(), error.Result);
    }

    private static bool Exists(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, name)));
}
