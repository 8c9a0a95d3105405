namespace Appliance.Sources.Archives.Tar;

/// <summary>The bytes of an archive as its reader wants them: blocks at growing offsets, and data here and there.</summary>
internal abstract class ArchiveWindow
{
    /// <summary>Bytes of the archive; <see cref="long.MaxValue"/> where only its end will tell.</summary>
    public abstract long Length { get; }

    /// <summary>A block of 512 bytes; valid until the next read.</summary>
    /// <exception cref="ArchiveException">The archive ends before.</exception>
    public abstract ReadOnlySpan<byte> Block(long offset);

    /// <summary>A copy of some bytes.</summary>
    /// <exception cref="ArchiveException">They are more than <paramref name="maximum"/>, or the archive ends before.</exception>
    public byte[] Bytes(long offset, long count, int maximum, string what)
    {
        if (count > maximum)
        {
            throw new ArchiveException(
                $"{what} of {count} bytes is larger than the {maximum} that are allowed"
            );
        }

        var bytes = new byte[count];
        Fill(offset, bytes);
        return bytes;
    }

    protected abstract void Fill(long offset, Span<byte> bytes);

    protected static ArchiveException Truncated() =>
        new("it is truncated: it stops without the mark of its end");
}
