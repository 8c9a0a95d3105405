using Appliance.Sources.Files;
using Microsoft.Win32.SafeHandles;
using SharpCompress.Compressors.LZMA;

namespace Appliance.Sources.Archives.Xz;

/// <summary>The content of one block in pieces; its end is compared with the index and with the check.</summary>
internal sealed class XzBlockReader : IDisposable
{
    private readonly SafeFileHandle input;
    private readonly XzBlock block;
    private readonly XzBlockHeader header;
    private readonly FileRangeStream packed;
    private readonly XzCheck check;
    private readonly LzmaStream content;
    private long done;

    /// <exception cref="ArchiveException">The header of the block is damaged.</exception>
    public XzBlockReader(SafeFileHandle input, XzBlock block)
    {
        this.input = input;
        this.block = block;
        header = XzBlockHeader.Read(input, block);
        packed = new FileRangeStream(
            input,
            block.Offset + header.HeaderSize,
            header.CompressedSize
        );
        check = new XzCheck(block.Check);
        content = Guard(() =>
            LzmaStream.Create(
                [header.SufficientDictionaryBits(block.UncompressedSize)],
                packed,
                header.CompressedSize,
                -1,
                null,
                isLzma2: true
            )
        );
    }

    /// <summary>Reads some bytes; 0 at the end of the block, which is then known to be right.</summary>
    /// <exception cref="ArchiveException">The block is damaged.</exception>
    public int Read(byte[] buffer, int offset, int count)
    {
        var wanted = (int)Math.Min(count, block.UncompressedSize - done);
        if (wanted == 0)
        {
            return 0;
        }

        var read = Guard(() => content.Read(buffer, offset, wanted));
        if (read <= 0)
        {
            throw new ArchiveException("an xz block holds less than the xz index says");
        }

        check.Append(buffer.AsSpan(offset, read));
        done += read;
        return read;
    }

    /// <summary>To be called when all content was read.</summary>
    /// <exception cref="ArchiveException">The block is damaged.</exception>
    public void ExpectEnd()
    {
        ExpectEndOfData();
        ExpectCheck();
    }

    public void Dispose()
    {
        content.Dispose();
        check.Dispose();
        packed.Dispose();
    }

    /// <summary>The LZMA2 data must end where the content does, with its end marker as the last byte.</summary>
    private void ExpectEndOfData()
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
    private void ExpectCheck()
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
