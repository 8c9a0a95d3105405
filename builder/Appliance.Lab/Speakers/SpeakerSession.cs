using System.Net;
using Appliance.Rendering.Documents;

namespace Appliance.Lab.Speakers;

/// <summary>One session of an honest speaker.</summary>
/// <param name="Name">Letters, digits and '_'.</param>
/// <param name="Device">The device that both ends are on.</param>
/// <param name="Password">TCP-MD5 (RFC 2385); none when null.</param>
public sealed record SpeakerSession(
    string Name,
    IPAddress Local,
    IPAddress Peer,
    uint PeerAsn,
    string Device,
    string? Password = null
)
{
    public bool IsIpv6 => Local.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;

    /// <summary>The neighbor is an edge that we test, not another part of the lab.</summary>
    public bool IsEdge { get; init; }

    /// <summary>Pace of BFD (RFC 5880); null for none.</summary>
    public BfdDocument? Bfd { get; init; }

    /// <summary>Packets leave with the full hop limit (RFC 5082).</summary>
    public bool TtlSecurity { get; init; }
}

/// <summary>A network that a speaker originates.</summary>
/// <param name="Behind">AS numbers between the speaker and the origin, and the origin; none when it is its own.</param>
public sealed record SpeakerNetwork(IPNetwork Prefix, params IReadOnlyList<uint> Behind)
{
    public bool IsIpv6 =>
        Prefix.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
}

/// <summary>An honest speaker: its sessions, and what it has to say. It passes on what it hears, as a transit does.</summary>
public sealed record SpeakerRole
{
    public required uint Asn { get; init; }

    public required IPAddress RouterId { get; init; }

    public required IReadOnlyList<SpeakerSession> Sessions { get; init; }

    /// <summary>Announced on all sessions.</summary>
    public IReadOnlyList<SpeakerNetwork> Networks { get; init; } = [];

    /// <summary>Folder of its sockets, configuration and logs.</summary>
    public required string Folder { get; init; }
}
