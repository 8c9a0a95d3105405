namespace Appliance.Sources.Archives;

/// <summary>
/// What a decoder unpacks, up to a limit. A decoder meets damaged data in whatever way it happens to; here all of these
/// become one exception.
/// </summary>
internal sealed class UnpackedStream(Stream content, Stream packed, long maximum) : ForwardStream
{
    private long done;

    public override int Read(byte[] buffer, int offset, int count) =>
        Read(buffer.AsSpan(offset, count));

    /// <exception cref="ArchiveException">The data is damaged, or unpacks to more than the limit.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = Guarded(buffer);
        done += read;
        return done <= maximum
            ? read
            : throw new ArchiveException(
                $"it unpacks to more than the {maximum} bytes that are allowed"
            );
    }

    protected override void Dispose(bool disposing)
    {
        content.Dispose();
        packed.Dispose();
        base.Dispose(disposing);
    }

    private int Guarded(Span<byte> buffer)
    {
        try
        {
            return content.Read(buffer);
        }
        catch (Exception exception)
            when (exception
                    is not (
                        ArchiveException
                        or IOException
                        or OutOfMemoryException
                        or OperationCanceledException
                    )
                || exception is EndOfStreamException
            )
        {
            throw new ArchiveException(
                $"its compressed data is damaged ({exception.Message})",
                exception
            );
        }
    }
}
