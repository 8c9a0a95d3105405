using System.Net;
using Appliance.Rendering.Documents;

namespace Appliance.Lab.Topology;

/// <summary>A BGP session between an edge and one of its neighbors.</summary>
public sealed record LabSession
{
    /// <summary>Counts the sessions of the lab from 0; what the lab makes up for a neighbor follows from it.</summary>
    public required int Number { get; init; }

    /// <summary>Site of ours.</summary>
    public required string Edge { get; init; }

    /// <summary>Node that plays the neighbor.</summary>
    public required string Upstream { get; init; }

    /// <summary>What the edge's document says of it.</summary>
    public required NeighborDocument Neighbor { get; init; }

    /// <summary>Our AS number.</summary>
    public required uint EdgeAsn { get; init; }

    /// <summary>The edge's address on the session.</summary>
    public required IPAddress EdgeAddress { get; init; }

    /// <summary>Link-local address of the edge on the same device; null for IPv4.</summary>
    public IPAddress? EdgeLinkLocal { get; init; }

    /// <summary>The neighbor's address.</summary>
    public required IPAddress UpstreamAddress { get; init; }

    /// <summary>Its link-local address on the same device; null for IPv4.</summary>
    public IPAddress? UpstreamLinkLocal { get; init; }

    /// <summary>Device of the edge that the session runs on.</summary>
    public required string EdgeDevice { get; init; }

    /// <summary>Device of the neighbor that the session runs on.</summary>
    public required string UpstreamDevice { get; init; }

    /// <summary>The file switches it off.</summary>
    public bool IsShutDown => Neighbor.Session.Shutdown is not null;

    public bool IsIpv6 =>
        UpstreamAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;

    /// <summary>"router01–lagrange", for people.</summary>
    public string Title => $"{Edge}–{Neighbor.Name}";
}
