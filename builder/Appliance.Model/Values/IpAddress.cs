using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Appliance.Model.Reports;

namespace Appliance.Model.Values;

/// <summary>
/// One IPv4 or IPv6 address without zone or prefix length. <see cref="Bits"/> is the address as a number
/// in the low 32 or all 128 bits. Text is dotted decimal or RFC 5952.
/// </summary>
public readonly record struct IpAddress : IParsedValue<IpAddress>, IComparable<IpAddress>
{
    private static readonly SearchValues<char> Characters = SearchValues.Create(
        "0123456789abcdefABCDEF:."
    );

    // Two halves and not a UInt128: code that takes one by value cannot be compiled ahead of time, and would be
    // compiled anew by every run of the program, with every collection of addresses.
    private readonly ulong upper;
    private readonly ulong lower;

    public IpAddress(IpFamily family, UInt128 bits)
    {
        Family = family;
        upper = (ulong)(bits >> 64);
        lower = (ulong)bits;
    }

    public static FindingKind Malformed => FindingCatalogue.NotAnAddress;

    public IpFamily Family { get; }

    public UInt128 Bits => new(upper, lower);

    /// <summary>Number of bits of the family, 32 or 128.</summary>
    public int Width => WidthOf(Family);

    public bool IsIpv4 => Family == IpFamily.Ipv4;

    public bool IsIpv6 => Family == IpFamily.Ipv6;

    /// <summary>fe80::/10 (RFC 4291) or 169.254.0.0/16 (RFC 3927).</summary>
    public bool IsLinkLocal => IsIpv6 ? Bits >> 118 == 0x3fa : Bits >> 16 == 0xa9fe;

    /// <summary>0.0.0.0 or ::.</summary>
    public bool IsUnspecified => Bits == UInt128.Zero;

    public static int WidthOf(IpFamily family) => family == IpFamily.Ipv4 ? 32 : 128;

    /// <summary>Reads an address that is known to be right, such as a constant.</summary>
    /// <exception cref="FormatException">The text is no address.</exception>
    public static IpAddress Parse(string text) =>
        TryParse(text, out var value, out var reason)
            ? value
            : throw new FormatException($"\"{text}\" {reason}");

    public static bool TryParse(string text, out IpAddress value, out string reason)
    {
        value = default;
        reason = ReasonAgainst(text);
        if (reason.Length > 0)
        {
            return false;
        }

        var isIpv4 = !text.Contains(':', StringComparison.Ordinal);
        if (isIpv4)
        {
            return TryParseIpv4(text, out value, out reason);
        }

        if (
            !IPAddress.TryParse(text, out var address)
            || address.AddressFamily != AddressFamily.InterNetworkV6
        )
        {
            reason = "is not an IPv6 address";
            return false;
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        value = new IpAddress(IpFamily.Ipv6, BinaryPrimitives.ReadUInt128BigEndian(bytes));
        return true;
    }

    public int CompareTo(IpAddress other) =>
        Family != other.Family ? Family.CompareTo(other.Family) : Bits.CompareTo(other.Bits);

    public static bool operator <(IpAddress left, IpAddress right) => left.CompareTo(right) < 0;

    public static bool operator <=(IpAddress left, IpAddress right) => left.CompareTo(right) <= 0;

    public static bool operator >(IpAddress left, IpAddress right) => left.CompareTo(right) > 0;

    public static bool operator >=(IpAddress left, IpAddress right) => left.CompareTo(right) >= 0;

    /// <summary>The canonical text (RFC 5952).</summary>
    public override string ToString()
    {
        if (IsIpv4)
        {
            return $"{(byte)(Bits >> 24)}.{(byte)(Bits >> 16)}.{(byte)(Bits >> 8)}.{(byte)Bits}";
        }

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Bits);
        return new IPAddress(bytes).ToString();
    }

    private static string ReasonAgainst(string text)
    {
        if (text.Contains('/', StringComparison.Ordinal))
        {
            return "has a prefix length where a plain address is expected";
        }

        if (text.Contains('%', StringComparison.Ordinal))
        {
            return "names a zone (%…); the interface follows from where the address stands";
        }

        // IPAddress accepts brackets, hexadecimal and shortened forms; a configuration should not.
        return text.AsSpan().ContainsAnyExcept(Characters) || text.Length == 0
            ? "is not an IP address"
            : "";
    }

    private static bool TryParseIpv4(string text, out IpAddress value, out string reason)
    {
        value = default;
        reason =
            "is not an IPv4 address: it must have four numbers from 0 to 255, without leading zeros";
        var parts = text.Split('.');
        if (parts.Length != 4)
        {
            return false;
        }

        UInt128 bits = 0;
        foreach (var part in parts)
        {
            if (!DecimalNumber.TryParse(part, 255, out var number))
            {
                return false;
            }

            bits = (bits << 8) | number;
        }

        value = new IpAddress(IpFamily.Ipv4, bits);
        reason = "";
        return true;
    }
}
