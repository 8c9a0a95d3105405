using System.Buffers.Binary;
using System.Text;

namespace Appliance.Sources.Archives;

/// <summary>Reads little-endian values from bytes that are not trusted; every step is checked against the end.</summary>
internal ref struct SpanReader(ReadOnlySpan<byte> data, string what)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private readonly ReadOnlySpan<byte> data = data;

    public int Position { get; private set; }

    public readonly int Remaining => data.Length - Position;

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count < 0 || count > Remaining)
        {
            throw new ArchiveException($"{what} ends too early");
        }

        var bytes = data.Slice(Position, count);
        Position += count;
        return bytes;
    }

    public byte Byte() => Bytes(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(8));

    /// <summary>Text in UTF-8 behind its length in bytes (16 bits).</summary>
    public string Text()
    {
        try
        {
            return StrictUtf8.GetString(Bytes(UInt16()));
        }
        catch (DecoderFallbackException exception)
        {
            throw new ArchiveException($"{what} holds text that is not UTF-8", exception);
        }
    }

    /// <summary>
    /// A number of the .xz format (section 1.2 of its specification): seven bits per byte, the lowest first, at most
    /// nine bytes, spelled as short as possible.
    /// </summary>
    public long VariableLength()
    {
        long value = 0;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var next = Byte();
            value |= (long)(next & 0x7F) << shift;
            if ((next & 0x80) == 0)
            {
                return next == 0 && shift > 0
                    ? throw new ArchiveException($"{what} spells a number longer than needed")
                    : value;
            }
        }

        throw new ArchiveException($"{what} holds a number of more than 63 bits");
    }
}
