using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Imaging.Disk;

/// <summary>
/// Writes a qcow2 image of version 3 (QEMU, docs/interop/qcow2.txt): a cluster of the disk gets a place in the file
/// when something that is not zero is written to it. Not for several threads.
/// </summary>
internal sealed class Qcow2Target : IImageTarget
{
    private const int ClusterBits = 16;
    private const int ClusterSize = 1 << ClusterBits;
    private const int EntriesPerTable = ClusterSize / 8;
    private const int RefcountsPerBlock = ClusterSize / 2;
    private const ulong Copied = 1UL << 63;
    private const int HeaderLength = 104;

    private readonly SafeFileHandle _handle;

    /// <summary>For each table of the second level, the file cluster of each disk cluster; 0 is none.</summary>
    private readonly uint[]?[] _places;

    /// <summary>The next unused cluster of the file; cluster 0 is the header.</summary>
    private uint _nextCluster = 1;

    public Qcow2Target(SafeFileHandle handle, long length)
    {
        _handle = handle;
        Length = length;
        long clusters = (length + ClusterSize - 1) / ClusterSize;
        _places = new uint[]?[(clusters + EntriesPerTable - 1) / EntriesPerTable];
    }

    public long Length { get; }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        TargetRange.Check(this, offset, bytes.Length);
        while (!bytes.IsEmpty)
        {
            int within = (int)(offset % ClusterSize);
            int count = Math.Min(bytes.Length, ClusterSize - within);
            WriteWithinCluster(offset / ClusterSize, within, bytes[..count]);
            bytes = bytes[count..];
            offset += count;
        }
    }

    /// <summary>Writes the tables and, last, the header.</summary>
    public void Finish()
    {
        byte[] first = new byte[RoundUp(_places.Length * 8, ClusterSize)];
        byte[] second = new byte[ClusterSize];
        for (int i = 0; i < _places.Length; i++)
        {
            if (_places[i] is not uint[] places)
            {
                continue;
            }
            for (int j = 0; j < places.Length; j++)
            {
                WriteEntry(second, j, places[j]);
            }
            WriteEntry(first, i, _nextCluster);
            AppendClusters(second);
        }
        uint firstLevel = _nextCluster;
        AppendClusters(first);
        (uint refcountTable, int refcountTableClusters) = WriteRefcounts();
        RandomAccess.Write(_handle, Header(firstLevel, refcountTable, refcountTableClusters), 0);
        RandomAccess.SetLength(_handle, (long)_nextCluster << ClusterBits);
    }

    private void WriteWithinCluster(long cluster, int within, ReadOnlySpan<byte> bytes)
    {
        ref uint[]? places = ref _places[cluster / EntriesPerTable];
        int index = (int)(cluster % EntriesPerTable);
        if (places is null || places[index] == 0)
        {
            if (bytes.IndexOfAnyExcept((byte)0) < 0)
            {
                return;
            }
            places ??= new uint[EntriesPerTable];
            places[index] = _nextCluster++;
        }
        RandomAccess.Write(_handle, bytes, ((long)places[index] << ClusterBits) + within);
    }

    private void AppendClusters(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_handle, bytes, (long)_nextCluster << ClusterBits);
        _nextCluster += (uint)(bytes.Length / ClusterSize);
    }

    /// <summary>Every cluster of the file is used once, those of the reference counts included.</summary>
    private (uint Table, int TableClusters) WriteRefcounts()
    {
        long blocks = 1;
        long tableClusters = 1;
        while (true)
        {
            long total = _nextCluster + blocks + tableClusters;
            long neededBlocks = (total + RefcountsPerBlock - 1) / RefcountsPerBlock;
            long neededTable = (neededBlocks + EntriesPerTable - 1) / EntriesPerTable;
            if (neededBlocks <= blocks && neededTable <= tableClusters)
            {
                break;
            }
            (blocks, tableClusters) = (neededBlocks, neededTable);
        }
        long used = _nextCluster + blocks + tableClusters;
        byte[] table = new byte[tableClusters * ClusterSize];
        byte[] block = new byte[ClusterSize];
        for (int i = 0; i < blocks; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(
                table.AsSpan(i * 8),
                (long)_nextCluster << ClusterBits
            );
            int count = (int)Math.Clamp(used - ((long)i * RefcountsPerBlock), 0, RefcountsPerBlock);
            block.AsSpan().Clear();
            for (int j = 0; j < count; j++)
            {
                block[(2 * j) + 1] = 1;
            }
            AppendClusters(block);
        }
        uint place = _nextCluster;
        AppendClusters(table);
        return (place, (int)tableClusters);
    }

    private byte[] Header(uint firstLevel, uint refcountTable, int refcountTableClusters)
    {
        byte[] header = new byte[ClusterSize];
        Span<byte> span = header;
        "QFI"u8.CopyTo(span);
        span[3] = 0xFB;
        BinaryPrimitives.WriteInt32BigEndian(span[4..], 3);
        BinaryPrimitives.WriteInt32BigEndian(span[20..], ClusterBits);
        BinaryPrimitives.WriteInt64BigEndian(span[24..], Length);
        BinaryPrimitives.WriteInt32BigEndian(span[36..], _places.Length);
        BinaryPrimitives.WriteInt64BigEndian(span[40..], (long)firstLevel << ClusterBits);
        BinaryPrimitives.WriteInt64BigEndian(span[48..], (long)refcountTable << ClusterBits);
        BinaryPrimitives.WriteInt32BigEndian(span[56..], refcountTableClusters);
        BinaryPrimitives.WriteInt32BigEndian(span[96..], 4); // 1 << 4 bits per reference count
        BinaryPrimitives.WriteInt32BigEndian(span[100..], HeaderLength);
        return header;
    }

    private static void WriteEntry(byte[] table, int index, uint cluster) =>
        BinaryPrimitives.WriteUInt64BigEndian(
            table.AsSpan(index * 8),
            cluster == 0 ? 0 : ((ulong)cluster << ClusterBits) | Copied
        );

    private static int RoundUp(int value, int unit) => (value + unit - 1) / unit * unit;
}
