using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Appliance.FirstBoot.Media;

namespace Appliance.FirstBoot.Machine;

/// <summary>The machine the service runs on.</summary>
/// <param name="root">
/// Folder that stands for "/": tests give one of their own, with programs in it. Empty for the real root.
/// </param>
[UnsupportedOSPlatform("windows")]
internal sealed class HostMachine(string root = "") : IMachine
{
    private readonly Stopwatch stopwatch = Stopwatch.StartNew();
    private readonly string root = root.TrimEnd('/');

    public DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

    public TimeSpan Elapsed => stopwatch.Elapsed;

    public void Pause(TimeSpan duration) => Thread.Sleep(duration);

    public TimeSpan InPrograms { get; private set; }

    public unsafe long PeakKibibytes
    {
        get
        {
            // struct rusage has 18 words.
            var usage = stackalloc long[32];
            return NativeMethods.ResourceUsage(0, usage) == 0 ? usage[4] : 0;
        }
    }

    public ProgramResult Run(
        string program,
        IReadOnlyList<string> arguments,
        TimeSpan limit,
        string? input = null
    )
    {
        var started = stopwatch.Elapsed;
        var result = ChildProcess.Run(
            Locate(program),
            arguments,
            limit,
            input is null ? "/dev/null" : Locate(input)
        );
        InPrograms += stopwatch.Elapsed - started;
        return result;
    }

    public IReadOnlyList<string> Names(string folder) =>
        Directory.Exists(Locate(folder))
            ?
            [
                .. new DirectoryInfo(Locate(folder))
                    .EnumerateFileSystemInfos()
                    .Select(item => item.Name)
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    public IBlockSource? OpenDisk(string path) => DiskFile.Open(Locate(path));

    public byte[]? Read(string path) =>
        File.Exists(Locate(path)) ? File.ReadAllBytes(Locate(path)) : null;

    public int? Mode(string path) =>
        Path.Exists(Locate(path)) ? (int)File.GetUnixFileMode(Locate(path)) : null;

    public void CreateFolder(string path, int? mode = null)
    {
        // With soft updates fsync of a file brings its name in its folder to the disk, but no name above that: without
        // this, fsck(8) takes new folders away after a power failure, with all that was flushed in them.
        var changed = MissingFolders(path);
        Directory.CreateDirectory(Locate(path));
        if (mode is { } bits && Mode(path) != bits)
        {
            File.SetUnixFileMode(Locate(path), (UnixFileMode)bits);
            changed.Add(path);
        }

        changed.ForEach(Flush);
    }

    /// <summary>Of a folder and those above it, those that are not there, the highest first.</summary>
    private List<string> MissingFolders(string path)
    {
        var missing = new List<string>();
        for (
            var at = path;
            at.Length > 1 && !Path.Exists(Locate(at));
            at = at[..at.LastIndexOf('/')]
        )
        {
            missing.Insert(0, at);
        }

        return missing;
    }

    public void Write(string path, ReadOnlySpan<byte> content, FileOwner owner, int mode)
    {
        var file = Locate(path);
        // A leftover may have any mode: the new file is readable by its owner alone until it is complete.
        File.Delete(file);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using var stream = new FileStream(file, options);
        stream.Write(content);
        if (NativeMethods.EffectiveUser() == 0)
        {
            Demand(NativeMethods.ChangeOwner(file, (uint)owner.User, (uint)owner.Group), file);
        }

        File.SetUnixFileMode(stream.SafeFileHandle, (UnixFileMode)mode);
        stream.Flush(flushToDisk: true);
    }

    public void Link(string path, string secondPath)
    {
        Demand(NativeMethods.Link(Locate(path), Locate(secondPath)), secondPath);
        // Soft updates write a directory without a name whose file's link count is not on the disk yet, so a rename
        // over the first name could get there before the second one, and the old content would be gone.
        Flush(secondPath);
    }

    public void Rename(string path, string newPath)
    {
        // FreeBSD empties a file that loses its last name, and that may be on the disk before the new name is
        // (ufs_inactive); one that is open it does not empty.
        var replaced = NativeMethods.Open(Locate(newPath), 0);
        try
        {
            File.Move(Locate(path), Locate(newPath), overwrite: true);
            // With soft updates, fsync of a file also brings its directory entry to the disk (fsync(2)).
            Flush(newPath);
        }
        finally
        {
            _ = replaced < 0 ? 0 : NativeMethods.Close(replaced);
        }
    }

    public void Delete(string path)
    {
        try
        {
            File.Delete(Locate(path));
        }
        catch (DirectoryNotFoundException)
        {
            // Nor is the file there.
        }
    }

    public void Flush(string path)
    {
        var place = Locate(path);
        if (!Path.Exists(place))
        {
            return;
        }

        // Not by .NET, which opens no folders.
        var descriptor = NativeMethods.Open(place, 0);
        Demand(descriptor, place);
        var result = NativeMethods.Flush(descriptor);
        _ = NativeMethods.Close(descriptor);
        Demand(result, place);
    }

    private string Locate(string path) => root + path;

    private static void Demand(int result, string path)
    {
        if (result < 0)
        {
            throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }
}
