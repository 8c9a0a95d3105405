using System.Net;
using Appliance.Conformance.Bgp;
using Appliance.Lab.Rpki;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;

namespace Appliance.Conformance.Routes;

/// <summary>Blackhole requests (RFC 7999), of a customer that may make them and of all others.</summary>
/// <param name="first">AS number that the neighbor's paths begin with.</param>
internal sealed class RequestProbes(LabSession session, SiteDocument edge, uint first)
{
    /// <summary>BLACKHOLE (RFC 7999).</summary>
    private const uint Blackhole = 0xffff_029a;

    private const uint UnrelatedAsn = LabNumbers.WorldAsn + 700;
    private const int TooManyNumbers = 60;

    private static readonly PathAttribute Tag = PathAttribute.Communities(Blackhole);

    private int Host => session.IsIpv6 ? 128 : 32;

    private int LongestNetwork => session.IsIpv6 ? 48 : 24;

    /// <param name="space">The neighbor's own.</param>
    /// <param name="outside">Space that is not the neighbor's.</param>
    /// <param name="roas">List that receives the ROAs that the requests contradict.</param>
    public IEnumerable<RouteProbe> All(ProbeSpace space, IPNetwork outside, List<RoaEntry> roas) =>
        session.Neighbor.BlackholeLength is { } length
            ? OfCustomer(space, outside, length, roas)
            :
            [
                Refused(
                    "request-refused",
                    "a blackhole request from a neighbor that may not make one",
                    Announce(Part(space.Next(), Host))
                ),
            ];

    private IEnumerable<RouteProbe> OfCustomer(
        ProbeSpace space,
        IPNetwork outside,
        int length,
        List<RoaEntry> roas
    )
    {
        var network = space.Next();
        if (edge.Bgp!.RpkiCaches.Count > 0)
        {
            roas.Add(new(network, network.PrefixLength, session.Neighbor.Asn));
        }

        yield return new(
            "request",
            "a blackhole request for an address that no ROA allows",
            Announce(Part(network, Host)) with
            {
                More = ForeignCommunities.On(session, Blackhole),
            },
            Accepted: true,
            Marked: true,
            Dropped: true
        );
        if (session.UpstreamLinkLocal is { } linkLocal)
        {
            yield return Dropped(
                "request-both",
                "a blackhole request with a global and a link-local next hop",
                Announce(Part(space.Next(), Host)) with
                {
                    NextHop = [session.UpstreamAddress, linkLocal],
                }
            );
        }

        if (length < Host)
        {
            yield return Dropped(
                "request-largest",
                $"a blackhole request for a /{length}",
                Announce(Part(space.Next(), length))
            );
        }

        if (length - 1 > LongestNetwork)
        {
            yield return Refused(
                "request-larger",
                $"a blackhole request for a /{length - 1}",
                Announce(Part(space.Next(), length - 1))
            );
        }

        yield return Refused(
            "request-untagged",
            "an address without the blackhole community",
            Announce(Part(space.Next(), Host)) with
            {
                More = [],
            }
        );
        yield return Refused(
            "request-outside",
            "a blackhole request for a foreign prefix",
            Announce(Part(outside, Host))
        );
        yield return Refused(
            "request-path",
            $"a blackhole request with a path of {TooManyNumbers} AS numbers",
            Announce(Part(space.Next(), Host)) with
            {
                Path =
                [
                    AsPathSegment.Sequence([
                        first,
                        .. Enumerable.Repeat(UnrelatedAsn, TooManyNumbers - 1),
                    ]),
                ],
            }
        );
    }

    private Announcement Announce(IPNetwork prefix) =>
        new()
        {
            Prefix = prefix,
            Path = [AsPathSegment.Sequence(first)],
            More = [Tag],
        };

    private static RouteProbe Dropped(string id, string title, Announcement announcement) =>
        new(id, title, announcement, Accepted: true, Dropped: true);

    private static RouteProbe Refused(string id, string title, Announcement announcement) =>
        new(id, title, announcement, Accepted: false);

    /// <summary>The first part of a network that has a length.</summary>
    private static IPNetwork Part(IPNetwork network, int length) =>
        new(network.BaseAddress, length);
}
