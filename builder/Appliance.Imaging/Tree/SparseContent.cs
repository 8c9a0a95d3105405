namespace Appliance.Imaging.Tree;

/// <summary>Pieces of content with holes between them.</summary>
internal sealed class SparseContent : FileContent
{
    private readonly (long Offset, FileContent Content)[] _pieces;
    private readonly DataExtent[] _extents;

    public SparseContent(long length, IReadOnlyList<(long Offset, FileContent Content)> pieces)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        _pieces = [.. pieces.Where(piece => piece.Content.Length > 0)];
        _extents = new DataExtent[_pieces.Length];
        long end = 0;
        for (int i = 0; i < _pieces.Length; i++)
        {
            _extents[i] = new DataExtent(_pieces[i].Offset, _pieces[i].Content.Length);
            if (_extents[i].Offset < end || _extents[i].End > length)
            {
                throw new ArgumentException(
                    $"The piece at {_extents[i].Offset} overlaps the one before it or passes the end at {length}.",
                    nameof(pieces)
                );
            }
            end = _extents[i].End;
        }
    }

    public override long Length { get; }

    public override bool IsSparse => true;

    public override IReadOnlyList<DataExtent> DataExtents => _extents;

    public override void Read(long offset, Span<byte> buffer)
    {
        CheckRange(offset, buffer.Length);
        buffer.Clear();
        long end = offset + buffer.Length;
        for (int i = FirstEndingAfter(offset); i < _extents.Length; i++)
        {
            DataExtent extent = _extents[i];
            if (extent.Offset >= end)
            {
                break;
            }
            long from = Math.Max(offset, extent.Offset);
            long to = Math.Min(end, extent.End);
            _pieces[i]
                .Content.Read(
                    from - extent.Offset,
                    buffer.Slice((int)(from - offset), (int)(to - from))
                );
        }
    }

    private int FirstEndingAfter(long offset)
    {
        int low = 0;
        int high = _extents.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_extents[middle].End <= offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }
}
