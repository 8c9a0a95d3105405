using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Networks;

/// <summary>An eBGP neighbor of an edge.</summary>
public sealed record Upstream
{
    /// <summary>Of the upstream's name in the file.</summary>
    public required SourceLocation At { get; init; }

    public required EntryName Name { get; init; }

    public required Located<Asn> Asn { get; init; }

    public required Located<IpAddress> Neighbor { get; init; }

    public required UpstreamPath Over { get; init; }

    /// <summary>What the neighbor is to us, a transit unless given.</summary>
    public required Located<UpstreamRole> Role { get; init; }

    /// <summary>What is taken from it, everything unless given.</summary>
    public required Located<UpstreamImport> Import { get; init; }

    /// <summary>What a customer is sent beyond our own prefixes; null unless given.</summary>
    public Located<UpstreamSend>? Send { get; init; }

    /// <summary>Prefixes a customer may announce, and parts of them.</summary>
    public IReadOnlyList<Located<IpPrefix>> Prefixes { get; init; } = [];

    /// <summary>A customer may ask us to drop what is sent to parts of its prefixes; null: it may not.</summary>
    public Located<BlackholeRequests>? AcceptBlackholes { get; init; }

    /// <summary>How often our own ASN is prepended to what we announce.</summary>
    public int Prepend { get; init; }

    /// <summary>MULTI_EXIT_DISC of what we announce.</summary>
    public uint? Med { get; init; }

    /// <summary>LOCAL_PREF of what we take; that of the role when absent.</summary>
    public uint? LocalPreference { get; init; }

    /// <summary>Communities added to what we announce, by value or by name.</summary>
    public IReadOnlyList<Located<CommunityOrName>> Communities { get; init; } = [];

    /// <summary>Community that makes the neighbor drop traffic.</summary>
    public Located<CommunityOrName>? Blackhole { get; init; }

    /// <summary>The session is drained (RFC 8326).</summary>
    public Located<bool>? Drain { get; init; }

    /// <summary>Name of the secret that holds the TCP-MD5 password (RFC 2385).</summary>
    public Located<EntryName>? PasswordSecret { get; init; }

    /// <summary>Accepted prefixes before the session is torn down.</summary>
    public Located<int>? MaximumPrefix { get; init; }

    public required UpstreamSession Session { get; init; }

    /// <summary>Routes other than the default one are taken.</summary>
    public bool TakesRoutes => Import.Value is UpstreamImport.Full or UpstreamImport.Partial;

    /// <summary>The default route is taken.</summary>
    public bool TakesDefault => Import.Value is UpstreamImport.Default or UpstreamImport.Partial;
}

/// <summary>How a customer asks for blackholes (RFC 7999).</summary>
/// <param name="Shortest">Length of the largest part; null for single addresses alone.</param>
public readonly record struct BlackholeRequests(Located<int>? Shortest);

/// <summary>What a neighbor is to us, as BGP roles have it (RFC 9234).</summary>
public enum UpstreamRole
{
    /// <summary>It gives us the Internet.</summary>
    Transit,

    /// <summary>Each gives the other itself and its customers.</summary>
    Peer,

    /// <summary>It passes on what the members of an exchange give each other (RFC 7947).</summary>
    RouteServer,

    /// <summary>We give it the Internet.</summary>
    Customer,
}

/// <summary>What is taken from a neighbor.</summary>
public enum UpstreamImport
{
    /// <summary>Every route that passes the filter; no default route.</summary>
    Full,

    /// <summary>The default route and what else passes, as much as a small machine holds.</summary>
    Partial,

    /// <summary>The default route alone.</summary>
    Default,

    /// <summary>Nothing: the session only announces.</summary>
    Nothing,
}

/// <summary>What a customer is sent.</summary>
public enum UpstreamSend
{
    /// <summary>Our prefixes and those of other customers.</summary>
    Own,

    /// <summary>The default route as well.</summary>
    Default,

    /// <summary>Everything that we know, as well.</summary>
    Full,
}
