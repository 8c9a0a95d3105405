namespace Appliance.Rendering.Documents;

/// <summary>An eBGP session.</summary>
public sealed record NeighborDocument
{
    /// <summary>Key of the upstream in the network file.</summary>
    public required string Name { get; init; }

    public required string Address { get; init; }

    public required uint Asn { get; init; }

    /// <summary>Interface name or tunnel device the neighbor is reached on.</summary>
    public required string Over { get; init; }

    /// <summary>How often our own ASN is prepended to what we announce.</summary>
    public int Prepend { get; init; }

    /// <summary>Communities added to what we announce: "64497:9501", or three parts for large ones.</summary>
    public IReadOnlyList<string> Communities
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Name of the secret that holds the TCP-MD5 password (RFC 2385); never the password.</summary>
    public string? PasswordSecret { get; init; }

    /// <summary>Accepted prefixes before the session is torn down.</summary>
    public int? MaximumPrefix { get; init; }
}
