using System.Buffers.Binary;
using System.Text;
using Appliance.Imaging.Tree;

namespace Appliance.Imaging.Ufs2;

/// <summary>One record of a directory (struct direct in ufs/ufs/dir.h).</summary>
internal readonly record struct DirectoryRecord(uint Inode, byte Type, string Name)
{
    /// <summary>Types as in d_type: that of an inode's mode, shifted.</summary>
    public const byte TypeDirectory = 4;
    public const byte TypeFile = 8;
    public const byte TypeSymbolicLink = 10;

    private const int HeaderLength = 8;

    /// <summary>Bytes that a record with a name needs: header, name and a NUL, on a multiple of 4.</summary>
    public static int Length(string name) =>
        (HeaderLength + Encoding.UTF8.GetByteCount(name) + 1 + 3) & ~3;

    /// <summary>Writes the record; it claims all of the buffer.</summary>
    public void Encode(Span<byte> buffer)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(buffer, Inode);
        BinaryPrimitives.WriteUInt16LittleEndian(buffer[4..], (ushort)buffer.Length);
        buffer[6] = Type;
        buffer[7] = (byte)Encoding.UTF8.GetBytes(Name, buffer[HeaderLength..]);
    }
}

/// <summary>
/// The bytes of a directory, made while they are read from front to back: records that fill blocks of 512 bytes, of which
/// the last record of each claims the rest.
/// </summary>
internal sealed class DirectoryStream : FileContent
{
    private readonly IEnumerator<DirectoryRecord> _records;
    private bool _hasRecord;
    private long _position;

    /// <param name="length">Length as <see cref="Measure"/> gives it.</param>
    /// <param name="records">The records, "." and ".." first.</param>
    public DirectoryStream(long length, IEnumerable<DirectoryRecord> records)
    {
        Length = length;
        _records = records.GetEnumerator();
        _hasRecord = _records.MoveNext();
    }

    public override long Length { get; }

    /// <summary>Bytes that a directory with these names has.</summary>
    public static long Measure(IReadOnlyList<string> names, int first, int count)
    {
        long blocks = 1;
        int used = DirectoryRecord.Length(".") + DirectoryRecord.Length("..");
        for (int i = first; i < first + count; i++)
        {
            int length = DirectoryRecord.Length(names[i]);
            if (used + length > Ufs2Format.DirectoryBlock)
            {
                blocks++;
                used = 0;
            }
            used += length;
        }
        return blocks * Ufs2Format.DirectoryBlock;
    }

    public override void Read(long offset, Span<byte> buffer)
    {
        if (offset != _position || buffer.Length % Ufs2Format.DirectoryBlock != 0)
        {
            throw new InvalidOperationException("A directory is read in order, in whole blocks.");
        }
        CheckRange(offset, buffer.Length);
        _position += buffer.Length;
        for (; !buffer.IsEmpty; buffer = buffer[Ufs2Format.DirectoryBlock..])
        {
            FillBlock(buffer[..Ufs2Format.DirectoryBlock]);
        }
    }

    private void FillBlock(Span<byte> block)
    {
        block.Clear();
        int used = 0;
        while (_hasRecord)
        {
            DirectoryRecord record = _records.Current;
            int length = DirectoryRecord.Length(record.Name);
            if (used + length > block.Length)
            {
                break;
            }
            _hasRecord = _records.MoveNext();
            bool isLast =
                !_hasRecord
                || used + length + DirectoryRecord.Length(_records.Current.Name) > block.Length;
            record.Encode(block.Slice(used, isLast ? block.Length - used : length));
            used += length;
        }
    }
}
