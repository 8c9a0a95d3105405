using Microsoft.Win32.SafeHandles;

namespace Appliance.Sources.Archives.Xz;

/// <summary>Decodes one block to its place in the output and compares it with its check.</summary>
internal static class XzBlockDecoder
{
    private const int BufferSize = 256 * 1024;

    /// <param name="input">The .xz file.</param>
    /// <param name="block">The block.</param>
    /// <param name="output">The unpacked file.</param>
    /// <param name="written">Told the number of bytes after each write.</param>
    /// <param name="token">Stops the work between two writes.</param>
    /// <exception cref="ArchiveException">The block is damaged.</exception>
    public static void Decode(
        SafeFileHandle input,
        XzBlock block,
        SafeFileHandle output,
        Action<int> written,
        CancellationToken token
    )
    {
        using var content = new XzBlockReader(input, block);
        var buffer = new byte[BufferSize];
        for (long done = 0; done < block.UncompressedSize; )
        {
            token.ThrowIfCancellationRequested();
            var read = content.Read(buffer, 0, buffer.Length);
            RandomAccess.Write(output, buffer.AsSpan(0, read), block.OutputOffset + done);
            done += read;
            written(read);
        }

        content.ExpectEnd();
    }
}
