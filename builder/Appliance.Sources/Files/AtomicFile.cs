using Appliance.Files;

namespace Appliance.Sources.Files;

/// <summary>Writes a small file whole or not at all: aside, flushed to the disk, renamed.</summary>
internal static class AtomicFile
{
    /// <exception cref="SourceException">It cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            OutputFolder.Create(Path.GetDirectoryName(Path.GetFullPath(path))!);
            OutputFile.Write(path, content);
        }
        catch (Exception exception) when (StorageErrors.IsStorage(exception))
        {
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
