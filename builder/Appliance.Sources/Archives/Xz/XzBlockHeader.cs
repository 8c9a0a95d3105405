using System.Buffers.Binary;
using Appliance.Sources.Archives.Checksums;
using Appliance.Sources.Files;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Sources.Archives.Xz;

/// <summary>The header of a block (section 3.1 of the .xz specification).</summary>
/// <param name="HeaderSize">Bytes of the header with its checksum.</param>
/// <param name="CompressedSize">Bytes of compressed data behind it.</param>
/// <param name="DictionaryBits">The size of the dictionary as LZMA2 spells it, see <see cref="DictionarySize"/>.</param>
internal sealed record XzBlockHeader(int HeaderSize, long CompressedSize, byte DictionaryBits)
{
    private const string What = "the header of an xz block";
    private const int MaximumSize = 1024;
    private const long Lzma2 = 0x21;
    private const byte LargestDictionary = 40;

    /// <summary>Bytes of the dictionary that <paramref name="bits"/> stands for (section 5.3.1).</summary>
    public static long DictionarySize(byte bits) =>
        bits == LargestDictionary ? uint.MaxValue : (2L | (bits & 1L)) << ((bits / 2) + 11);

    /// <summary>
    /// The smallest spelling of a dictionary that suffices for <paramref name="contentSize"/> bytes: no distance can
    /// reach further back than the start of the block, so that small blocks need little memory.
    /// </summary>
    public byte SufficientDictionaryBits(long contentSize)
    {
        byte bits = 0;
        while (bits < DictionaryBits && DictionarySize(bits) < contentSize)
        {
            bits++;
        }

        return bits;
    }

    public static XzBlockHeader Read(SafeFileHandle file, XzBlock block)
    {
        Span<byte> buffer = stackalloc byte[MaximumSize];
        ExactReads.Read(file, block.Offset, buffer[..1], What);
        if (buffer[0] == 0)
        {
            throw new ArchiveException("the xz index names a block where there is none");
        }

        var size = (buffer[0] + 1) * 4;
        ExactReads.Read(file, block.Offset, buffer[..size], What);
        return Parse(buffer[..size], block);
    }

    public static XzBlockHeader Parse(ReadOnlySpan<byte> header, XzBlock block)
    {
        var body = header[..^4];
        if (BinaryPrimitives.ReadUInt32LittleEndian(header[^4..]) != Crc32.Compute(body))
        {
            throw new ArchiveException($"{What} is damaged (its checksum is wrong)");
        }

        var reader = new SpanReader(body[1..], What);
        var flags = reader.Byte();
        if ((flags & 0x3C) != 0)
        {
            throw new ArchiveException($"{What} has flags that are not known");
        }

        var compressed = block.UnpaddedSize - header.Length - XzCheck.SizeOf(block.Check);
        Expect(compressed > 0, "its compressed size");
        Expect((flags & 0x40) == 0 || reader.VariableLength() == compressed, "its compressed size");
        Expect(
            (flags & 0x80) == 0 || reader.VariableLength() == block.UncompressedSize,
            "its size"
        );
        var dictionary = ReadFilters(ref reader, (flags & 3) + 1);
        if (reader.Bytes(reader.Remaining).ContainsAnyExcept((byte)0))
        {
            throw new ArchiveException($"{What} has padding that is not zero");
        }

        return new XzBlockHeader(header.Length, compressed, dictionary);
    }

    private static byte ReadFilters(ref SpanReader reader, int count)
    {
        var filter = reader.VariableLength();
        var properties = reader.VariableLength();
        if (count != 1 || filter != Lzma2 || properties != 1)
        {
            throw new ArchiveException(
                "it is compressed with other xz filters than LZMA2 alone; repack it with `xz -T0`"
            );
        }

        var bits = reader.Byte();
        return bits <= LargestDictionary
            ? bits
            : throw new ArchiveException($"{What} asks for a dictionary that does not exist");
    }

    private static void Expect(bool agrees, string what)
    {
        if (!agrees)
        {
            throw new ArchiveException($"the xz index and a block disagree about {what}");
        }
    }
}
