namespace Appliance.Sources.Files;

/// <summary>Writes a small file whole or not at all: aside, flushed to the disk, renamed.</summary>
internal static class AtomicFile
{
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var aside = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using (var file = new FileStream(aside, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(aside, path, overwrite: true);
        }
        catch (Exception exception) when (StorageErrors.IsStorage(exception))
        {
            TryDelete(aside);
            throw StorageErrors.Explain(path, exception);
        }
    }

    /// <summary>Removes a file that nobody needs; one that cannot be removed now is swept up by a later run.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (StorageErrors.IsStorage(exception))
        {
            // Left for a later run.
        }
    }
}
