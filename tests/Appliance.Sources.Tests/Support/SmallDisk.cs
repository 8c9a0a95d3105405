namespace Appliance.Sources.Tests.Support;

/// <summary>A file system of a few megabytes in memory, for tests of full and of read-only disks.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly string path;

    private SmallDisk(string path)
    {
        this.path = path;
    }

    /// <summary>Mounts it at <paramref name="path"/>; skips the test where that is not possible.</summary>
    public static SmallDisk Mount(string path, string size)
    {
        Tool.Require("mount", "umount");
        Directory.CreateDirectory(path);
        var (code, _, error) = Tool.TryRun(
            "mount",
            ["-t", "tmpfs", "-o", "size=" + size, "tmpfs", path]
        );
        Assert.SkipUnless(code == 0, $"mounting a tmpfs is not possible here: {error.Trim()}");
        return new SmallDisk(path);
    }

    public void MakeReadOnly() => Tool.Run("mount", ["-o", "remount,ro", path]);

    public void Dispose() => Tool.Run("umount", [path]);
}
