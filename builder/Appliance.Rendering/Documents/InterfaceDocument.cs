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

    /// <summary>Bytes; the driver's own when absent.</summary>
    public int? Mtu { get; init; }
}
