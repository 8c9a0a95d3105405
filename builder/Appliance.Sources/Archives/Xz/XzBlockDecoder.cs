using Appliance.Sources.Files;
using Microsoft.Win32.SafeHandles;
using SharpCompress.Compressors.LZMA;

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
        var header = XzBlockHeader.Read(input, block);
        using var packed = new FileRangeStream(
            input,
            block.Offset + header.HeaderSize,
            header.CompressedSize
        );
        using var check = new XzCheck(block.Check);
        using var content = Open(packed, header, block);
        var buffer = new byte[BufferSize];
        for (long done = 0; done < block.UncompressedSize; )
        {
            token.ThrowIfCancellationRequested();
            var read = ReadSome(content, buffer, block.UncompressedSize - done);
            check.Append(buffer.AsSpan(0, read));
            RandomAccess.Write(output, buffer.AsSpan(0, read), block.OutputOffset + done);
            done += read;
            written(read);
        }

        ExpectEnd(content, packed, header);
        ExpectCheck(input, block, header, check);
    }

    private static LzmaStream Open(FileRangeStream packed, XzBlockHeader header, XzBlock block) =>
        Guard(() =>
            LzmaStream.Create(
                [header.SufficientDictionaryBits(block.UncompressedSize)],
                packed,
                header.CompressedSize,
                -1,
                null,
                isLzma2: true
            )
        );

    private static int ReadSome(LzmaStream content, byte[] buffer, long wanted)
    {
        var read = Guard(() => content.Read(buffer, 0, (int)Math.Min(buffer.Length, wanted)));
        return read > 0
            ? read
            : throw new ArchiveException("an xz block holds less than the xz index says");
    }

    /// <summary>The LZMA2 data must end where the content does, with its end marker as the last byte.</summary>
    private static void ExpectEnd(LzmaStream content, FileRangeStream packed, XzBlockHeader header)
    {
        if (Guard(() => content.Read(new byte[1], 0, 1)) != 0)
        {
            throw new ArchiveException("an xz block holds more than the xz index says");
        }

        if (packed.Position != header.CompressedSize)
        {
            throw new ArchiveException("an xz block ends before its compressed data does");
        }
    }

    /// <summary>Behind the data: zeros up to a multiple of four bytes, then the check.</summary>
    private static void ExpectCheck(
        SafeFileHandle input,
        XzBlock block,
        XzBlockHeader header,
        XzCheck check
    )
    {
        var computed = check.Finish();
        var dataEnd = block.Offset + header.HeaderSize + header.CompressedSize;
        var trailer = new byte[(int)(-header.CompressedSize & 3) + computed.Length];
        ExactReads.Read(input, dataEnd, trailer, "an xz block");
        var padding = trailer.AsSpan(0, trailer.Length - computed.Length);
        if (
            padding.ContainsAnyExcept((byte)0)
            || !trailer.AsSpan(padding.Length).SequenceEqual(computed)
        )
        {
            throw new ArchiveException("an xz block is damaged (its checksum is wrong)");
        }
    }

    /// <summary>
    /// The decoder meets damaged data in whatever way it happens to: by an exception of its own, or by an index out of
    /// range. Here all of these mean the same.
    /// </summary>
    private static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception)
            when (exception
                    is not (IOException or OutOfMemoryException or OperationCanceledException)
                || exception is EndOfStreamException
            )
        {
            throw new ArchiveException("an xz block is damaged", exception);
        }
    }
}
