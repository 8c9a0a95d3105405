using Microsoft.Win32.SafeHandles;

namespace Appliance.Imaging.Tree;

/// <summary>
/// The bytes of a file by reference: a tree of many gigabytes costs memory for names, not for content.
/// Reads may come from several threads.
/// </summary>
public abstract class FileContent
{
    /// <summary>A file of no bytes.</summary>
    public static FileContent Empty { get; } = new MemoryContent(ReadOnlyMemory<byte>.Empty);

    /// <summary>Length in bytes, holes included.</summary>
    public abstract long Length { get; }

    /// <summary>Where the data is, ascending, not overlapping, within the length. By default all of it.</summary>
    public virtual IReadOnlyList<DataExtent> DataExtents =>
        Length == 0 ? [] : [new DataExtent(0, Length)];

    /// <summary>Whether <see cref="DataExtents"/> says more than "all of it".</summary>
    public virtual bool IsSparse => false;

    /// <summary>Fills the buffer with the bytes from an offset on; holes read as zeros.</summary>
    /// <param name="offset">First byte, from the start of the file.</param>
    /// <param name="buffer">Filled to its end; offset plus its length is at most <see cref="Length"/>.</param>
    /// <exception cref="ImagingException">The source ends early.</exception>
    public abstract void Read(long offset, Span<byte> buffer);

    /// <summary>Content held in memory; for small generated files.</summary>
    public static FileContent FromBytes(ReadOnlyMemory<byte> bytes) =>
        bytes.IsEmpty ? Empty : new MemoryContent(bytes);

    /// <summary>A range of an open file. The handle stays the caller's and must outlive the content.</summary>
    /// <param name="handle">A seekable file open for reading.</param>
    /// <param name="offset">First byte of the range.</param>
    /// <param name="length">Bytes in the range.</param>
    public static FileContent FromFile(SafeFileHandle handle, long offset, long length)
    {
        ArgumentNullException.ThrowIfNull(handle);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return length == 0 ? Empty : new FileRangeContent(handle, offset, length);
    }

    /// <summary>A file with holes: pieces of content placed at offsets.</summary>
    /// <param name="length">Length in bytes, holes included.</param>
    /// <param name="pieces">Offset and content, ascending, not overlapping.</param>
    public static FileContent Sparse(
        long length,
        IReadOnlyList<(long Offset, FileContent Content)> pieces
    ) => new SparseContent(length, pieces);

    /// <summary>Throws when a read does not lie within the content.</summary>
    protected void CheckRange(long offset, int count)
    {
        if (offset < 0 || count > Length - offset)
        {
            throw new ArgumentOutOfRangeException(
                nameof(offset),
                $"{count} bytes at {offset} are not within a content of {Length} bytes."
            );
        }
    }

    private sealed class MemoryContent(ReadOnlyMemory<byte> bytes) : FileContent
    {
        public override long Length => bytes.Length;

        public override void Read(long offset, Span<byte> buffer)
        {
            CheckRange(offset, buffer.Length);
            bytes.Span.Slice((int)offset, buffer.Length).CopyTo(buffer);
        }
    }

    private sealed class FileRangeContent(SafeFileHandle handle, long start, long length)
        : FileContent
    {
        public override long Length => length;

        public override void Read(long offset, Span<byte> buffer)
        {
            CheckRange(offset, buffer.Length);
            long position = start + offset;
            while (!buffer.IsEmpty)
            {
                int got = RandomAccess.Read(handle, buffer, position);
                if (got == 0)
                {
                    throw new ImagingException(
                        $"A source file ends at byte {position}, {buffer.Length} bytes early: it was shortened while in use."
                    );
                }
                buffer = buffer[got..];
                position += got;
            }
        }
    }
}
