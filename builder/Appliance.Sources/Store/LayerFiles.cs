using Appliance.Files;
using Appliance.Sources.Archives;
using Appliance.Sources.Files;

namespace Appliance.Sources.Store;

/// <summary>Reads and publishes the two files of a layer in the store.</summary>
internal static class LayerFiles
{
    private const int MaximumIndexBytes = 1 << 30;

    /// <summary>
    /// The index of a stored layer whose payload has the right length; null where there is none, or where one of the two
    /// is damaged. Damage is no error: the set can be decoded again.
    /// </summary>
    public static LayerIndex? TryRead(StorePaths paths, string setSha256)
    {
        try
        {
            var file = new FileInfo(paths.Index);
            if (!file.Exists || file.Length > MaximumIndexBytes)
            {
                return null;
            }

            var index = LayerIndex.Parse(File.ReadAllBytes(paths.Index));
            return
                index.SetSha256 == setSha256
                && new FileInfo(paths.Payload) is { Exists: true } payload
                && payload.Length == index.PayloadLength
                ? index
                : null;
        }
        catch (Exception exception)
            when (exception is ArchiveException || StorageErrors.IsStorage(exception))
        {
            return null;
        }
    }

    /// <summary>Whether the payload is as it was when its content was last known to be right.</summary>
    public static bool IsUntouched(StorePaths paths, LayerIndex index) =>
        StampOf(paths.Payload) == index.PayloadStamp;

    /// <summary>Notes that the payload as it is now has the right content; a store that cannot be written stays as it is.</summary>
    public static void Restamp(StorePaths paths, LayerIndex index)
    {
        try
        {
            var stamped = index with { PayloadStamp = StampOf(paths.Payload) };
            AtomicFile.Write(paths.Index, stamped.Format());
        }
        catch (SourceException)
        {
            // The next run compares the digests once more.
        }
    }

    /// <summary>Writes the index beside a finished payload and makes both visible at once.</summary>
    public static void Publish(StorePaths paths, LayerIndex index)
    {
        var stamped = index with { PayloadStamp = StampOf(paths.PartialPayload) };
        AtomicFile.Write(paths.PartialIndex, stamped.Format());
        if (Directory.Exists(paths.Directory))
        {
            Directory.Delete(paths.Directory, recursive: true);
        }

        OutputFolder.Publish(paths.PartialDirectory, paths.Directory);
    }

    public static void DeleteDirectory(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
        }
        catch (Exception exception) when (StorageErrors.IsStorage(exception))
        {
            // Left for a later run.
        }
    }

    private static long StampOf(string path) => File.GetLastWriteTimeUtc(path).Ticks;
}
