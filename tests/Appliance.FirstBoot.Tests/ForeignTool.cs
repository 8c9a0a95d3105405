using System.Diagnostics;

namespace Appliance.FirstBoot.Tests;

/// <summary>Programs of this machine that make what we read.</summary>
internal static class ForeignTool
{
    /// <summary>Runs a program; the test is skipped when it is missing, and fails when the program does.</summary>
    public static string Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments)
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    Environment = { ["PATH"] = "/usr/sbin:/sbin:/usr/bin:/bin" },
                }
            )!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"{program}: {errors.Result}");
            return output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"needs {program}");
            throw;
        }
    }
}
