using System.Net;
using Appliance.Conformance.Bgp;
using Appliance.Lab.Rpki;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;

namespace Appliance.Conformance.Routes;

/// <summary>Requests to drop traffic (RFC 7999), of a customer that may ask and of everybody else.</summary>
/// <param name="first">Number that paths of the neighbor begin with.</param>
internal sealed class RequestProbes(LabSession session, SiteDocument edge, uint first)
{
    /// <summary>BLACKHOLE (RFC 7999).</summary>
    private const uint Blackhole = 0xffff_029a;

    private const uint Stranger = LabNumbers.WorldAsn + 700;
    private const int TooManyNumbers = 60;

    private static readonly PathAttribute Tag = PathAttribute.Communities(Blackhole);

    private int Host => session.IsIpv6 ? 128 : 32;

    private int LongestNetwork => session.IsIpv6 ? 48 : 24;

    /// <param name="space">The neighbor's own.</param>
    /// <param name="outside">Space that is not the neighbor's.</param>
    /// <param name="roas">Where ROAs are added that the requests contradict.</param>
    public IEnumerable<RouteProbe> All(ProbeSpace space, IPNetwork outside, List<RoaEntry> roas) =>
        session.Neighbor.BlackholeLength is { } length
            ? OfCustomer(space, outside, length, roas)
            :
            [
                Refused(
                    "request-refused",
                    "a request to drop, from a neighbor that may not ask",
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
            "a request to drop what is sent to an address, which no ROA allows,",
            Announce(Part(network, Host)) with
            {
                More = StrangeMarks.On(session, Blackhole),
            },
            Taken: true,
            Marked: true,
            Dropped: true
        );
        if (session.UpstreamLinkLocal is { } linkLocal)
        {
            yield return Dropped(
                "request-both",
                "a request to drop with a global and a link-local next hop",
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
                $"a request to drop what is sent to a /{length}",
                Announce(Part(space.Next(), length))
            );
        }

        if (length - 1 > LongestNetwork)
        {
            yield return Refused(
                "request-larger",
                $"a request to drop what is sent to a /{length - 1}",
                Announce(Part(space.Next(), length - 1))
            );
        }

        yield return Refused(
            "request-untagged",
            "an address without the community that asks to drop",
            Announce(Part(space.Next(), Host)) with
            {
                More = [],
            }
        );
        yield return Refused(
            "request-outside",
            "a request to drop what is sent to others",
            Announce(Part(outside, Host))
        );
        yield return Refused(
            "request-path",
            $"a request to drop with a path of {TooManyNumbers} numbers",
            Announce(Part(space.Next(), Host)) with
            {
                Path =
                [
                    AsPathSegment.Sequence([
                        first,
                        .. Enumerable.Repeat(Stranger, TooManyNumbers - 1),
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
        new(id, title, announcement, Taken: true, Dropped: true);

    private static RouteProbe Refused(string id, string title, Announcement announcement) =>
        new(id, title, announcement, Taken: false);

    /// <summary>The first part of a network that has a length.</summary>
    private static IPNetwork Part(IPNetwork network, int length) =>
        new(network.BaseAddress, length);
}
