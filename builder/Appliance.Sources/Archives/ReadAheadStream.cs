using System.IO.Pipelines;

namespace Appliance.Sources.Archives;

/// <summary>Reads another stream on a thread of its own, some megabytes ahead: what unpacks and what parses run side by side.</summary>
internal sealed class ReadAheadStream : ForwardStream
{
    private const int PieceBytes = 256 * 1024;
    private const int AheadBytes = 4 << 20;
    private readonly Stream content;
    private readonly Pipe pipe = new(
        new PipeOptions(
            pauseWriterThreshold: AheadBytes,
            resumeWriterThreshold: AheadBytes / 2,
            minimumSegmentSize: PieceBytes,
            useSynchronizationContext: false
        )
    );

    private readonly Stream ahead;
    private readonly Task filling;

    /// <param name="content">What to read; it is disposed with this stream.</param>
    public ReadAheadStream(Stream content)
    {
        this.content = content;
        ahead = pipe.Reader.AsStream();
        filling = Task.Run(FillAsync);
    }

    /// <remarks>What the other stream throws is thrown here.</remarks>
    public override int Read(byte[] buffer, int offset, int count) =>
        ahead.Read(buffer, offset, count);

    public override int Read(Span<byte> buffer) => ahead.Read(buffer);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            ahead.Dispose(); // The other thread stops with its next piece.
            filling.Wait();
            content.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task FillAsync()
    {
        Exception? failure = null;
        try
        {
            int read;
            while ((read = content.Read(pipe.Writer.GetSpan(PieceBytes))) > 0)
            {
                pipe.Writer.Advance(read);
                if ((await pipe.Writer.FlushAsync().ConfigureAwait(false)).IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception exception)
            when (exception is ArchiveException or IOException or OutOfMemoryException)
        {
            failure = exception;
        }

        await pipe.Writer.CompleteAsync(failure).ConfigureAwait(false);
    }
}
