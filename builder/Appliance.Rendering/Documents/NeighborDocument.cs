namespace Appliance.Rendering.Documents;

/// <summary>An eBGP session and what it may carry.</summary>
public sealed record NeighborDocument
{
    /// <summary>Key of the upstream in the network file.</summary>
    public required string Name { get; init; }

    public required string Address { get; init; }

    public required uint Asn { get; init; }

    /// <summary>Interface name or tunnel device the neighbor is reached on.</summary>
    public required string Over { get; init; }

    /// <summary>What the neighbor is to us; a transit when absent.</summary>
    public NeighborRole Role { get; init; }

    /// <summary>What we take from it.</summary>
    public ImportMode Import { get; init; }

    /// <summary>What a customer is sent beyond our own prefixes; all others get those alone.</summary>
    public ExportMode Send { get; init; }

    /// <summary>Prefixes a customer may announce, and parts of them; empty for all others.</summary>
    public IReadOnlyList<string> AllowedPrefixes
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>
    /// Length from which on a customer may have parts of its prefixes dropped (RFC 7999): 128, 32 for single addresses; null
    /// when it may not, and for all others.
    /// </summary>
    public int? BlackholeLength { get; init; }

    /// <summary>How often our own ASN is prepended to what we announce.</summary>
    public int Prepend { get; init; }

    /// <summary>MULTI_EXIT_DISC of what we announce (RFC 4271).</summary>
    public uint? Med { get; init; }

    /// <summary>LOCAL_PREF of what we take; that of the role when absent.</summary>
    public uint? LocalPreference { get; init; }

    /// <summary>Communities added to what we announce: "64497:9501", or three parts for large ones.</summary>
    public IReadOnlyList<string> Communities
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>
    /// Community that makes the neighbor drop traffic; parts of our prefixes that are blackholed are told to it
    /// with this. Without one they are not told.
    /// </summary>
    public string? BlackholeCommunity { get; init; }

    /// <summary>The session is drained (RFC 8326): nobody prefers its routes, on either side.</summary>
    public bool Drain { get; init; }

    /// <summary>Name of the secret that holds the TCP-MD5 password (RFC 2385); never the password.</summary>
    public string? PasswordSecret { get; init; }

    /// <summary>Accepted prefixes before the session is torn down.</summary>
    public int? MaximumPrefix { get; init; }

    public SessionDocument Session
    {
        get;
        init => field = value ?? new();
    } = new();
}
