using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace Appliance.Rendering.Tests.Policies;

/// <summary>A prefix as a number, for tests that look at a million of them.</summary>
/// <param name="Value">The address in the low bits.</param>
/// <param name="Length">Bits that are fixed.</param>
/// <param name="Width">32 or 128.</param>
internal readonly record struct Bits(UInt128 Value, int Length, int Width)
{
    public static Bits Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var bytes = IPAddress.Parse(text.AsSpan(0, slash)).GetAddressBytes();
        UInt128 value =
            bytes.Length == 4
                ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
                : BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return new Bits(
            value,
            int.Parse(text.AsSpan(slash + 1), CultureInfo.InvariantCulture),
            bytes.Length * 8
        );
    }

    public bool Contains(Bits other) =>
        other.Width == Width && other.Length >= Length && Head(other.Value) == Head(Value);

    public Bits Masked() => this with { Value = Length == 0 ? 0 : Head(Value) << (Width - Length) };

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return $"{new IPAddress(bytes[(16 - (Width / 8))..])}/{Length}";
    }

    // A shift by the whole width of a UInt128 does nothing.
    private UInt128 Head(UInt128 value) => Length == 0 ? 0 : value >> (Width - Length);
}
