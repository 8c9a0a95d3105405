namespace Appliance.Lab.Tunnels;

/// <summary>How a tunnel packs packets into IPv4; the value is the outer header's protocol number (IANA).</summary>
public enum TunnelProtocolNumber
{
    /// <summary>IPv6 right behind the outer header (RFC 4213), 20 bytes of overhead.</summary>
    Ipv6 = 41,

    /// <summary>Generic Routing Encapsulation (RFC 2784) without key or checksum, 24 bytes of overhead.</summary>
    Gre = 47,
}
