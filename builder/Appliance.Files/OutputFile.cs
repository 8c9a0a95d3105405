using System.Text;

namespace Appliance.Files;

/// <summary>
/// Writes files. Each appears whole or not at all: it is written beside its place under a random name, brought to disk and
/// renamed. A symbolic link at its place is replaced, and what it leads to stays as it is.
/// </summary>
public static class OutputFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <exception cref="OutputException">Something that is no file is there.</exception>
    /// <exception cref="IOException">The disk is full, or the folder is missing or cannot be written.</exception>
    public static void Write(
        string path,
        ReadOnlySpan<byte> content,
        OutputMode mode = OutputMode.Public
    )
    {
        using var pending = PendingOutput.Create(path, mode);
        RandomAccess.Write(pending.Handle, content, 0);
        pending.Publish();
    }

    /// <summary>Writes UTF-8 without a byte order mark.</summary>
    /// <inheritdoc cref="Write"/>
    public static void WriteText(
        string path,
        string content,
        OutputMode mode = OutputMode.Public
    ) => Write(path, Utf8.GetBytes(content), mode);

    /// <summary>Copies a file; the copy has the mode of a new file, not that of the source.</summary>
    /// <inheritdoc cref="Write"/>
    public static void Copy(string source, string path)
    {
        using var input = File.OpenRead(source);
        using var pending = PendingOutput.Create(path);
        var buffer = new byte[1 << 20];
        long done = 0;
        for (int read; (read = input.Read(buffer)) > 0; done += read)
        {
            RandomAccess.Write(pending.Handle, buffer.AsSpan(0, read), done);
        }

        pending.Publish();
    }

    /// <summary>
    /// Has another program write a file. The program gets a name in a new folder of mode 0700, so that nobody can put
    /// anything there meanwhile.
    /// </summary>
    /// <param name="path">Replaced by what the program has written. Its folder must exist.</param>
    /// <param name="producer">Gets the path to write to.</param>
    /// <inheritdoc cref="Write"/>
    public static async Task ProduceAsync(string path, Func<string, Task> producer)
    {
        var target = Path.GetFullPath(path);
        OutputTarget.Check(target);
        var folder = OutputFolder.CreateTemporary(
            $".{Path.GetFileName(target)}.",
            Path.GetDirectoryName(target)
        );
        try
        {
            var aside = Path.Combine(folder, Path.GetFileName(target));
            await producer(aside);
            using (var written = File.OpenHandle(aside, FileMode.Open, FileAccess.ReadWrite))
            {
                RandomAccess.FlushToDisk(written);
            }

            Publish(aside, target);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Gives a file that was written and flushed aside its final name, durably.</summary>
    /// <inheritdoc cref="Write"/>
    public static void Publish(string aside, string path)
    {
        OutputTarget.Check(path);
        File.Move(aside, path, overwrite: true);
        FolderSync.Run(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>
    /// Opens a file that is written in place and stays: a lock, or a download that is taken up again. It is made when it is
    /// missing.
    /// </summary>
    /// <exception cref="OutputException">A symbolic link, or anything else that is no file, is there.</exception>
    /// <exception cref="IOException">Another process has it open.</exception>
    public static FileStream OpenInPlace(string path)
    {
        OutputTarget.CheckInPlace(path);
        var file = new FileStream(
            path,
            FileMode.OpenOrCreate,
            FileAccess.ReadWrite,
            FileShare.None,
            bufferSize: 0
        );
        try
        {
            // Once more: somebody may have been quicker than the opening.
            OutputTarget.CheckInPlace(path);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Makes a file with content that is not published, in a folder that only this process uses.</summary>
    /// <exception cref="IOException">Something is there already.</exception>
    public static FileStream CreateNew(string path) =>
        new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);

    /// <summary>Opens a log for lines behind those that are there; each line is written at once.</summary>
    /// <exception cref="OutputException">A symbolic link, or anything else that is no file, is there.</exception>
    public static StreamWriter AppendLog(string path)
    {
        OutputTarget.CheckInPlace(path);
        var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        return new StreamWriter(file, Utf8) { AutoFlush = true };
    }
}
