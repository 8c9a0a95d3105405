namespace Appliance.Rendering.Documents;

/// <summary>A physical interface and its addresses in FIB 0.</summary>
public sealed record InterfaceDocument
{
    /// <summary>Key in the network file, such as "wan". The device is found by <see cref="Match"/>.</summary>
    public required string Name { get; init; }

    public required InterfaceMatch Match { get; init; }

    /// <summary>Address with prefix length, "198.51.100.10/24".</summary>
    public string? Ipv4 { get; init; }

    public string? Gateway4 { get; init; }

    public string? Ipv6 { get; init; }

    public string? Gateway6 { get; init; }

    /// <summary>
    /// IPv4 comes by DHCP although there is an IPv6 address; without any address it does in any case.
    /// </summary>
    public bool? Dhcp4 { get; init; }

    /// <summary>
    /// Router advertisements are accepted (RFC 4861): they give the default route that nothing else gives.
    /// </summary>
    public bool? RouterAdvertisements { get; init; }

    /// <summary>Bytes; the driver's own when absent.</summary>
    public int? Mtu { get; init; }

    /// <summary>True where DHCP configures IPv4.</summary>
    public bool UsesDhcp() => Ipv4 is null && (Dhcp4 ?? Ipv6 is null);
}
