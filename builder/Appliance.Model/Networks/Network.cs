using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Networks;

/// <summary>An autonomous system and the machines it consists of: one network file.</summary>
public sealed record Network
{
    /// <summary>The only schema number this code reads.</summary>
    public const int CurrentSchema = 1;

    public required SourceLocation At { get; init; }

    public required EntryName Name { get; init; }

    /// <summary>Documentation and private numbers are allowed.</summary>
    public bool Lab { get; init; }

    public required Located<Asn> Asn { get; init; }

    /// <summary>Serial number of the sites' documents, which grows with each change; null: each has its own.</summary>
    public int? Serial { get; init; }

    /// <summary>The aggregates that every edge announces, both families.</summary>
    public required IReadOnlyList<Located<IpPrefix>> Prefixes { get; init; }

    /// <summary>IPv6 prefix from which the /127 of each link is carved. Needed when there are links.</summary>
    public Located<IpPrefix>? LinkPrefix { get; init; }

    public IReadOnlyList<RpkiCache> RpkiCaches { get; init; } = [];

    /// <summary>Communities that upstreams' entries call by name, in the order of the file.</summary>
    public IReadOnlyList<NamedCommunity> Communities { get; init; } = [];

    /// <summary>Parts of our prefixes whose traffic is dropped, here and at upstreams with a community for it.</summary>
    public IReadOnlyList<Located<IpPrefix>> Blackholes { get; init; } = [];

    /// <summary>Who is told everything that edges receive (RFC 7854).</summary>
    public MonitoringStation? Bmp { get; init; }

    /// <summary>Resolvers of every site that names none of its own.</summary>
    public IReadOnlyList<Located<IpAddress>> Nameservers { get; init; } = [];

    /// <summary>Time servers of every site that names none of its own.</summary>
    public IReadOnlyList<Located<HostOrAddress>> TimeServers { get; init; } = [];

    public required AdminAccess Admin { get; init; }

    /// <summary>What edges check before they announce; null checks nothing by itself.</summary>
    public PreflightPolicy? Preflight { get; init; }

    /// <summary>Who tells a machine the address it is seen with.</summary>
    public AddressEcho? AddressEcho { get; init; }

    /// <summary>What objects in registries refer to.</summary>
    public RegistryContacts Registry { get; init; } = new();

    /// <summary>In the order of the file.</summary>
    public required IReadOnlyList<Site> Sites { get; init; }

    /// <summary>In the order of the file, which numbers the links.</summary>
    public IReadOnlyList<Link> Links { get; init; } = [];

    public Site? FindSite(string name) => Sites.FirstOrDefault(s => s.Name.Text == name);

    internal Site? FindSite(EntryName name) => Sites.FirstOrDefault(s => s.Name == name);
}

/// <summary>An RPKI-to-Router cache (RFC 8210).</summary>
/// <param name="Host">Where it is.</param>
/// <param name="Port">TCP port, of ssh where it is asked that way.</param>
/// <param name="Ssh">Null: over plain TCP.</param>
public sealed record RpkiCache(
    Located<HostOrAddress> Host,
    Located<PortNumber> Port,
    RpkiSsh? Ssh = null
);

/// <summary>How a cache is asked over ssh (RFC 8210, section 9.2).</summary>
/// <param name="User">Our name there.</param>
/// <param name="KeySecret">Name of the secret that is our private key; never the key.</param>
/// <param name="HostKey">The cache's public key: another machine is not believed.</param>
public sealed record RpkiSsh(
    Located<EntryName> User,
    Located<EntryName> KeySecret,
    Located<SshPublicKey> HostKey
);

/// <summary>A community with a name of its own.</summary>
public sealed record NamedCommunity(SourceLocation At, EntryName Name, Located<Community> Value);

/// <summary>A BGP monitoring station.</summary>
public sealed record MonitoringStation(Located<HostOrAddress> Host, Located<PortNumber> Port);

/// <summary>Who may log in, and from where.</summary>
public sealed record AdminAccess
{
    public required SourceLocation At { get; init; }

    public IReadOnlyList<Located<SshPublicKey>> SshKeys { get; init; } = [];

    /// <summary>Source prefixes that reach the ssh port; nobody when empty.</summary>
    public IReadOnlyList<Located<IpPrefix>> SshFrom { get; init; } = [];

    /// <summary>
    /// Keys (ed25519) that sign site documents. With one an image takes no document from outside that none of them
    /// has signed.
    /// </summary>
    public IReadOnlyList<Located<SshPublicKey>> SigningKeys { get; init; } = [];
}
