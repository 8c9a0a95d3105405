using System.Globalization;
using Appliance.Model.Reports;

namespace Appliance.Model.Values;

/// <summary>Largest packet of an interface in bytes, IP header included.</summary>
public readonly record struct Mtu(int Bytes) : IParsedValue<Mtu>
{
    /// <summary>The least that IPv6 allows (RFC 8200, section 5).</summary>
    public const int Ipv6Minimum = 1280;

    /// <summary>What an Ethernet interface has unless it is told otherwise.</summary>
    public static readonly Mtu Ethernet = new(1500);

    public static FindingKind Malformed => FindingCatalogue.NotAnMtu;

    /// <summary>Largest TCP segment over IPv6: 40 bytes of IPv6 header and 20 of TCP less.</summary>
    public int Mss6 => Bytes - 60;

    /// <summary>Largest TCP segment over IPv4: 20 bytes of IPv4 header and 20 of TCP less.</summary>
    public int Mss4 => Bytes - 40;

    public static bool TryParse(string text, out Mtu value, out string reason)
    {
        var fits = DecimalNumber.TryParse(text, 65535, out var number) && number >= 68;
        value = new Mtu((int)number);
        reason = fits ? "" : "is not an MTU: it must be a number of bytes from 68 to 65535";
        return fits;
    }

    public override string ToString() => Bytes.ToString(CultureInfo.InvariantCulture);
}
