namespace Appliance.Rendering.Documents;

/// <summary>
/// The part of a network that one site's first boot needs. Everything that can be derived on the
/// workstation (inner and outer tunnel addresses, MTU, routes) already is: a router decides nothing.
/// Addresses and prefixes are canonical text (RFC 5952): "2001:db8::1", "2001:db8:1c::/48".
/// </summary>
/// <remarks>
/// Lists say "value ?? []": source-generated JSON sets every member, also one that the text leaves out,
/// and would replace the initial value by null.
/// </remarks>
public sealed record SiteDocument
{
    /// <summary>The only schema number this code reads.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Where the document lies on the target.</summary>
    public const string TargetPath = "/usr/local/etc/appliance/site.json";

    /// <summary>Where the documents lie that an image for several sites offers, "NAME.json" each.</summary>
    public const string ChoicesPath = "/usr/local/etc/appliance/sites";

    /// <summary>The site of a machine that is no site yet, and its host name.</summary>
    public const string Nobody = "unconfigured";

    public required int Schema { get; init; }

    /// <summary>Name of the network (the AS), for people.</summary>
    public required string Network { get; init; }

    /// <summary>Key of the site in the network file.</summary>
    public required string Site { get; init; }

    /// <summary>
    /// Number that grows with each document of a site, 0 when absent: a machine that takes signed documents refuses an
    /// older one. At most <see cref="DocumentSigning.HighestSerial"/>.
    /// </summary>
    public long? Serial { get; init; }

    /// <summary>When the document was written to be signed, UTC, in the form of <see cref="DocumentTime"/>.</summary>
    public string? Issued { get; init; }

    /// <summary>After this time no machine accepts the document as a new one; the same form.</summary>
    public string? NotAfter { get; init; }

    public required SiteRole Role { get; init; }

    /// <summary>Fully qualified host name.</summary>
    public required string Hostname { get; init; }

    /// <summary>The AS number (RFC 6793, 4 bytes).</summary>
    public required uint Asn { get; init; }

    /// <summary>Documentation and private numbers are allowed: bogon filters leave out our own ones.</summary>
    public bool Lab { get; init; }

    /// <summary>The aggregates of the AS, both families. An edge announces and blackholes them.</summary>
    public IReadOnlyList<string> Prefixes
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Addresses of this machine on lo0 in FIB 0; each becomes a /128 or /32.</summary>
    public IReadOnlyList<string> Loopback
    {
        get;
        init => field = value ?? [];
    } = [];

    public required AdminDocument Admin { get; init; }

    /// <summary>Only on an edge of a network that has a policy for it.</summary>
    public PreflightDocument? Preflight { get; init; }

    public AddressEchoDocument? AddressEcho { get; init; }

    public required SystemDocument System { get; init; }

    public required IReadOnlyList<InterfaceDocument> Interfaces { get; init; }

    /// <summary>In the order in which they are created; device names are final.</summary>
    public IReadOnlyList<TunnelDocument> Tunnels
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Static routes beyond the interfaces' own gateways, in the order of the network file.</summary>
    public IReadOnlyList<RouteDocument> Routes
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Only on an edge.</summary>
    public BgpDocument? Bgp { get; init; }

    /// <summary>Only on a downstream host: what it holds of the AS's space, in FIB 1.</summary>
    public AnnouncedDocument? Announced { get; init; }
}
