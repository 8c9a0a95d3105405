using System.Buffers.Binary;
using Appliance.Sources.Archives.Checksums;
using Appliance.Sources.Files;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Sources.Archives.Xz;

/// <summary>
/// Reads the outer structure of an .xz file from its end: the index of every stream says where each block starts and how
/// large its content is. Source: "The .xz File Format" 1.2.1, sections 2 to 4.
/// </summary>
internal static class XzContainer
{
    public const int HeaderSize = 12;
    private const int MaximumIndexBytes = 64 << 20;
    private const int SmallestRecord = 2;

    private static ReadOnlySpan<byte> HeaderMagic =>
        [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0];

    private static ReadOnlySpan<byte> FooterMagic => "YZ"u8;

    public static bool HasMagic(ReadOnlySpan<byte> start) => start.StartsWith(HeaderMagic);

    /// <summary>The blocks of all streams of a file of <paramref name="length"/> bytes.</summary>
    /// <exception cref="ArchiveException">The structure is broken, or its content would be larger than the limit.</exception>
    public static XzLayout Read(SafeFileHandle file, long length, long maximumUnpacked)
    {
        var streams = new List<List<XzBlock>>();
        long total = 0;
        for (var end = length; end > 0; )
        {
            end = SkipPadding(file, end);
            var blocks = ReadStream(file, ref end);
            streams.Add(blocks);
            total = Add(total, blocks.Sum(block => block.UncompressedSize), maximumUnpacked);
        }

        if (streams.Count == 0)
        {
            throw new ArchiveException("it is empty");
        }

        streams.Reverse();
        return new XzLayout(PlaceOutput(streams), total);
    }

    private static List<XzBlock> PlaceOutput(List<List<XzBlock>> streams)
    {
        var placed = new List<XzBlock>();
        long output = 0;
        foreach (var block in streams.SelectMany(blocks => blocks))
        {
            placed.Add(block with { OutputOffset = output });
            output += block.UncompressedSize;
        }

        return placed;
    }

    private static long SkipPadding(SafeFileHandle file, long end)
    {
        Span<byte> word = stackalloc byte[4];
        while (end >= 4)
        {
            ExactReads.Read(file, end - 4, word, "the end of the file");
            if (word.ContainsAnyExcept((byte)0))
            {
                break;
            }

            end -= 4;
        }

        return end;
    }

    /// <summary>Reads the stream that ends at <paramref name="end"/> and moves that to its start.</summary>
    private static List<XzBlock> ReadStream(SafeFileHandle file, ref long end)
    {
        if (end < 2 * HeaderSize)
        {
            throw new ArchiveException(
                "it is too short for an xz stream: it is truncated or no .xz file"
            );
        }

        Span<byte> footer = stackalloc byte[HeaderSize];
        ExactReads.Read(file, end - HeaderSize, footer, "the xz footer");
        var (indexSize, check) = ParseFooter(footer);
        var indexStart = end - HeaderSize - indexSize;
        if (indexStart < HeaderSize || indexSize > MaximumIndexBytes)
        {
            throw new ArchiveException($"its xz index of {indexSize} bytes does not fit the file");
        }

        var index = new byte[indexSize];
        ExactReads.Read(file, indexStart, index, "the xz index");
        var blocks = ParseIndex(index, indexStart, check);
        end = indexStart - blocks.Sum(block => Padded(block.UnpaddedSize)) - HeaderSize;
        ReadHeader(file, end, footer[8..10]);
        return blocks;
    }

    private static void ReadHeader(SafeFileHandle file, long start, ReadOnlySpan<byte> flags)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        ExactReads.Read(file, start, header, "the xz header");
        if (!HasMagic(header))
        {
            throw new ArchiveException("there is no xz header where the xz index wants one");
        }

        if (
            BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) != Crc32.Compute(header[6..8])
            || !header[6..8].SequenceEqual(flags)
        )
        {
            throw new ArchiveException("its xz header is damaged");
        }
    }

    internal static (long IndexSize, XzCheckKind Check) ParseFooter(ReadOnlySpan<byte> footer)
    {
        if (!footer[10..].SequenceEqual(FooterMagic))
        {
            throw new ArchiveException(
                "it does not end like an .xz file: it is truncated or no .xz file"
            );
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(footer) != Crc32.Compute(footer[4..10]))
        {
            throw new ArchiveException("its xz footer is damaged");
        }

        if (footer[8] != 0 || (footer[9] & 0xF0) != 0)
        {
            throw new ArchiveException("its xz footer has flags that are not known");
        }

        var check = (XzCheckKind)footer[9];
        _ = XzCheck.SizeOf(check);
        return ((BinaryPrimitives.ReadUInt32LittleEndian(footer[4..]) + 1L) * 4, check);
    }

    internal static List<XzBlock> ParseIndex(
        ReadOnlySpan<byte> index,
        long indexStart,
        XzCheckKind check
    )
    {
        var body = index[..^4];
        if (BinaryPrimitives.ReadUInt32LittleEndian(index[^4..]) != Crc32.Compute(body))
        {
            throw new ArchiveException("its xz index is damaged (its checksum is wrong)");
        }

        var reader = new SpanReader(body, "the xz index");
        if (reader.Byte() != 0)
        {
            throw new ArchiveException("there is no xz index where the xz footer wants one");
        }

        var count = reader.VariableLength();
        if (count > reader.Remaining / SmallestRecord)
        {
            throw new ArchiveException("its xz index is too short for its records");
        }

        var blocks = ReadRecords(ref reader, (int)count, indexStart, check);
        if (reader.Remaining > 3 || reader.Bytes(reader.Remaining).ContainsAnyExcept((byte)0))
        {
            throw new ArchiveException("its xz index has something behind its records");
        }

        return blocks;
    }

    /// <summary>Reads the records; the blocks lie directly before the index, one behind the other.</summary>
    private static List<XzBlock> ReadRecords(
        ref SpanReader reader,
        int count,
        long indexStart,
        XzCheckKind check
    )
    {
        var records = new List<(long Unpadded, long Uncompressed)>(count);
        long packed = 0;
        long unpacked = 0;
        for (var record = 0; record < count; record++)
        {
            var unpadded = reader.VariableLength();
            var uncompressed = reader.VariableLength();
            packed = Add(packed, Padded(Add(unpadded, 0, indexStart)), indexStart - HeaderSize);
            unpacked = Add(unpacked, uncompressed, long.MaxValue);
            records.Add((unpadded, uncompressed));
        }

        var blocks = new List<XzBlock>(count);
        var offset = indexStart - packed;
        foreach (var (unpadded, uncompressed) in records)
        {
            blocks.Add(new XzBlock(offset, unpadded, uncompressed, 0, check));
            offset += Padded(unpadded);
        }

        return blocks;
    }

    /// <summary>The sum, if it is at most <paramref name="maximum"/>.</summary>
    private static long Add(long sum, long addend, long maximum) =>
        addend <= maximum && sum <= maximum - addend
            ? sum + addend
            : throw new ArchiveException(
                $"its xz index speaks of more than the {maximum} bytes that are possible or allowed"
            );

    private static long Padded(long size) => (size + 3) & ~3L;
}
