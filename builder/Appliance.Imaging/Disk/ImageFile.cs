using Appliance.Files;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Imaging.Disk;

/// <summary>
/// Makes a file appear whole or not at all: it is written beside its place, brought to disk, and renamed.
/// </summary>
public static class ImageFile
{
    /// <summary>Writes a disk as a raw image, byte for byte; what is zero takes no space where the file system knows holes.</summary>
    /// <exception cref="IOException">The output cannot be written.</exception>
    public static void WriteRaw(
        DiskPlan plan,
        string path,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(plan);
        Write(
            path,
            progress,
            (handle, flush) =>
            {
                RandomAccess.SetLength(handle, plan.Size);
                plan.Write(new RawTarget(handle, 0, plan.Size), flush, cancellationToken);
            }
        );
    }

    /// <summary>Writes a disk as a qcow2 image of version 3 that holds only what is not zero.</summary>
    /// <exception cref="IOException">The output cannot be written.</exception>
    public static void WriteQcow2(
        DiskPlan plan,
        string path,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(plan);
        Write(
            path,
            progress,
            (handle, flush) =>
            {
                var target = new Qcow2Target(handle, plan.Size);
                plan.Write(target, flush, cancellationToken);
                target.Finish();
            }
        );
    }

    /// <summary>Writes one content alone, without a partition table: a file system image.</summary>
    /// <exception cref="IOException">The output cannot be written.</exception>
    public static void WriteContent(
        PartitionContent content,
        string path,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default
    ) => WriteContent(content, path, OutputMode.Public, progress, cancellationToken);

    /// <summary>The same with mode 0600: the content may hold secrets.</summary>
    /// <exception cref="IOException">The output cannot be written.</exception>
    public static void WriteSecret(
        PartitionContent content,
        string path,
        CancellationToken cancellationToken = default
    ) => WriteContent(content, path, OutputMode.Secret, null, cancellationToken);

    private static void WriteContent(
        PartitionContent content,
        string path,
        OutputMode mode,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(content);
        Write(
            path,
            progress,
            (handle, flush) =>
            {
                RandomAccess.SetLength(handle, content.Length);
                content.Write(new RawTarget(handle, 0, content.Length), flush, cancellationToken);
            },
            mode
        );
    }

    /// <summary>Runs a writer on a new file beside <paramref name="path"/> and puts it in place when it is complete.</summary>
    private static void Write(
        string path,
        IProgress<long>? progress,
        Action<SafeFileHandle, IProgress<long>> writer,
        OutputMode mode = OutputMode.Public
    )
    {
        using PendingOutput pending = PendingOutput.Create(path, mode);
        var flush = new EarlyFlush(pending.Handle, progress);
        writer(pending.Handle, flush);
        flush.Finish();
        pending.Publish();
    }
}
