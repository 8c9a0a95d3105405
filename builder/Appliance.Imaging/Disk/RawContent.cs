using Appliance.Imaging.Tree;

namespace Appliance.Imaging.Disk;

/// <summary>Plain bytes at the start of a partition: the boot code of a freebsd-boot partition.</summary>
public sealed class RawContent(FileContent content) : PartitionContent
{
    private const int PieceLength = 1 << 20;

    public override long Length => content.Length;

    public override void Write(
        IImageTarget target,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        byte[] buffer = new byte[(int)Math.Min(PieceLength, content.Length)];
        foreach (DataExtent extent in content.DataExtents)
        {
            for (long offset = extent.Offset; offset < extent.End; )
            {
                cancellationToken.ThrowIfCancellationRequested();
                Span<byte> piece = buffer.AsSpan(
                    0,
                    (int)Math.Min(buffer.Length, extent.End - offset)
                );
                content.Read(offset, piece);
                target.Write(offset, piece);
                progress?.Report(piece.Length);
                offset += piece.Length;
            }
        }
    }
}
