using System.Buffers.Binary;

namespace Appliance.Conformance.Bgp;

/// <summary>Reads octets in order; reading beyond the end is a format error.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    public readonly bool AtEnd => rest.IsEmpty;

    public readonly int Left => rest.Length;

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > rest.Length)
        {
            throw new BgpFormatException($"{count} octets are wanted where {rest.Length} are left");
        }

        var accepted = rest[..count];
        rest = rest[count..];
        return accepted;
    }

    public ReadOnlySpan<byte> TakeRest() => Take(rest.Length);
}
