using System.Diagnostics;

namespace Appliance.Tests;

/// <summary>A file system of a few megabytes in memory, for tests of full and of read-only disks.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string path;

    private SmallDisk(string path)
    {
        this.path = path;
    }

    /// <summary>Mounts it at <paramref name="path"/>; skips the test where that is not possible.</summary>
    /// <param name="path">The mount point, made if it is not there.</param>
    /// <param name="size">As mount(8) of a tmpfs takes it, "4m".</param>
    public static SmallDisk Mount(string path, string size)
    {
        Directory.CreateDirectory(path);
        var error = Run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", path);
        Assert.SkipUnless(error is null, $"mounting a tmpfs is not possible here: {error}");
        return new SmallDisk(path);
    }

    public void MakeReadOnly() => Assert.Null(Run("mount", "-o", "remount,ro", path));

    public void Dispose() => Assert.Null(Run("umount", path));

    /// <summary>What went wrong, or null.</summary>
    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardError = true }
            )!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : error.Trim();
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return missing.Message;
        }
    }
}
