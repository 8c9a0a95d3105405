using System.Net;
using Appliance.Lab.Topology;
using Appliance.Rendering;

namespace Appliance.Lab.Speakers;

/// <summary>Who says what in an honest world: it has the networks, and neighbors pass them on.</summary>
internal static class SpeakerPlan
{
    /// <summary>The world speaks to every neighbor that passes on what it hears.</summary>
    /// <param name="kinds">By name of the neighbor's node.</param>
    public static SpeakerRole World(
        LabPlan plan,
        IReadOnlyDictionary<string, SpeakerKind> kinds,
        string folder
    ) =>
        new()
        {
            Asn = LabNumbers.WorldAsn,
            RouterId = LabNumbers.FarHost4,
            Folder = folder,
            Networks = [.. WorldNetworks()],
            Sessions =
            [
                .. plan
                    .Sessions.Where(session => Speaker.PassesOn(kinds[session.Upstream]))
                    .Select(session => Cable(session, session.Neighbor.Asn, towardsWorld: false)),
            ],
        };

    /// <summary>A neighbor of an edge.</summary>
    public static SpeakerRole Upstream(
        LabSession session,
        SpeakerKind kind,
        Secrets secrets,
        string folder
    )
    {
        var own = LabNumbers.OwnNetwork(session.Number);
        var passesOn = Speaker.PassesOn(kind);
        return new()
        {
            Asn = session.Neighbor.Asn,
            RouterId = LabNumbers.Cable4(session.Number).Second,
            Folder = folder,
            Networks =
            [
                new(session.IsIpv6 ? own.Ipv6 : own.Ipv4),
                .. passesOn
                    ? []
                    : WorldNetworks()
                        .Select(network =>
                            network with
                            {
                                Behind = [LabNumbers.WorldAsn, .. network.Behind],
                            }
                        ),
            ],
            Sessions =
            [
                new(
                    "edge",
                    session.UpstreamAddress,
                    session.EdgeAddress,
                    session.EdgeAsn,
                    session.UpstreamDevice,
                    session.Neighbor.PasswordSecret is { } name ? secrets.Find(name) : null
                )
                {
                    IsEdge = true,
                    Bfd = session.Neighbor.Session.Bfd,
                    TtlSecurity = session.Neighbor.Session.TtlSecurity,
                },
                .. passesOn
                    ? new[] { Cable(session, LabNumbers.WorldAsn, towardsWorld: true) }
                    : [],
            ],
        };
    }

    private static IEnumerable<SpeakerNetwork> WorldNetworks() =>
        Enumerable
            .Range(0, LabNumbers.WorldNetworks)
            .SelectMany(number =>
            {
                var (ipv6, ipv4, origin) = LabNumbers.WorldNetwork(number);
                return new[] { new SpeakerNetwork(ipv6, origin), new SpeakerNetwork(ipv4, origin) };
            });

    private static SpeakerSession Cable(LabSession session, uint peerAsn, bool towardsWorld)
    {
        (IPAddress World, IPAddress Neighbor) ends = session.IsIpv6
            ? LabNumbers.Cable6(session.Number)
            : LabNumbers.Cable4(session.Number);
        return towardsWorld
            ? new("world", ends.Neighbor, ends.World, peerAsn, PlannedNode.WorldDevice)
            : new(
                $"up{session.Number}",
                ends.World,
                ends.Neighbor,
                peerAsn,
                PlannedNode.CableName(session.Number)
            );
    }
}
