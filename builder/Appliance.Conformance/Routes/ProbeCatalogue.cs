using System.Globalization;
using System.Net;
using Appliance.Conformance.Bgp;
using Appliance.Lab.Rpki;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Policies;

namespace Appliance.Conformance.Routes;

/// <summary>The routes that are announced on one session: those to be accepted and those to be rejected.</summary>
internal sealed class ProbeCatalogue
{
    /// <summary>One of the transit-free networks.</summary>
    private const uint TransitFree = 3356;

    private const uint UnrelatedAsn = LabNumbers.WorldAsn + 500;
    private const int LongestPath = 50;

    private readonly LabSession session;
    private readonly SiteDocument edge;
    private readonly IReadOnlyList<RenderedRule> rules;
    private readonly ProbeSpace space;
    private readonly List<RouteProbe> probes = [];
    private readonly List<RoaEntry> roas = [];

    private ProbeCatalogue(LabSession session, SiteDocument edge, IReadOnlyList<RenderedRule> rules)
    {
        this.session = session;
        this.edge = edge;
        this.rules = rules;
        space = new ProbeSpace(session);
    }

    /// <summary>Composes the probes of a session.</summary>
    /// <param name="rules">Of the edge's frr.conf.</param>
    /// <param name="transit">Session whose routes a customer could leak; null when the edge has none.</param>
    public static ProbeCatalogue Compose(
        LabSession session,
        SiteDocument edge,
        IReadOnlyList<RenderedRule> rules,
        LabSession? transit
    )
    {
        var catalogue = new ProbeCatalogue(session, edge, rules);
        catalogue.AddAll(transit);
        return catalogue;
    }

    public IReadOnlyList<RouteProbe> Probes => probes;

    /// <summary>Probes announced after the others were judged, because each replaces one of them.</summary>
    public IReadOnlyList<RouteProbe> Later =>
        AcceptsDefault
            ?
            [
                new(
                    "default-next-hop",
                    "a default route with a next hop beyond the link",
                    new Announcement
                    {
                        Prefix = Everything,
                        Path = [AsPathSegment.Sequence(First)],
                        NextHop = [session.IsIpv6 ? LabNumbers.FarHost6 : LabNumbers.FarHost4],
                    },
                    Accepted: false
                ),
            ]
            : [];

    /// <summary>ROAs that the caches serve for these probes.</summary>
    public IReadOnlyList<RoaEntry> RoaEntries => roas;

    private NeighborDocument Neighbor => session.Neighbor;

    private bool AcceptsRoutes => Neighbor.Import is ImportMode.Full or ImportMode.Partial;

    private bool IsCustomer => Neighbor.Role == NeighborRole.Customer;

    private bool IsRouteServer => Neighbor.Role == NeighborRole.RouteServer;

    /// <summary>A route server is in no path.</summary>
    private uint First => IsRouteServer ? UnrelatedAsn : Neighbor.Asn;

    private bool AcceptsDefault => Neighbor.Import is ImportMode.Partial or ImportMode.Default;

    private IPNetwork Everything => IPNetwork.Parse(session.IsIpv6 ? "::/0" : "0.0.0.0/0");

    private void AddAll(LabSession? transit)
    {
        Default();
        Ordinary();
        if (AcceptsRoutes)
        {
            Paths();
            NextHops();
            Communities();
            Roas();
        }

        if (AcceptsRoutes && !IsCustomer)
        {
            foreach (var (id, title, prefix) in new PrefixProbes(session, edge, rules).All())
            {
                Add(id, title, prefix, accepted: false);
            }

            CustomersElsewhere();
        }
        else if (IsCustomer)
        {
            Add(
                "customer-space",
                "a network that is not the customer's",
                Outside(),
                accepted: false
            );
            Leak(transit);
        }

        if (AcceptsRoutes)
        {
            probes.AddRange(new RequestProbes(session, edge, First).All(space, Outside(), roas));
        }
    }

    private void Default() =>
        probes.Add(
            new(
                "default-route",
                "the default route",
                new Announcement
                {
                    Prefix = Everything,
                    Path = [AsPathSegment.Sequence(First)],
                    More = AcceptsDefault ? OurCommunities() : [],
                },
                AcceptsDefault,
                AcceptsDefault
            )
        );

    private void Ordinary()
    {
        Add("ordinary", "an ordinary route", space.Next(), AcceptsRoutes);
        if (session.UpstreamLinkLocal is { } linkLocal && AcceptsRoutes)
        {
            Add(
                "next-hop-both",
                "a next hop with a global and a link-local address",
                new Announcement
                {
                    Prefix = space.Next(),
                    NextHop = [session.UpstreamAddress, linkLocal],
                },
                accepted: true
            );
        }
    }

    private void Paths()
    {
        Path("path-50", $"a path of {LongestPath} AS numbers", true, LongPath(LongestPath));
        Path("path-60", "a path of 60 AS numbers", false, LongPath(60));
        // An IPv4 session does not survive it: FRR 8.4 parses what follows the path as prefixes.
        if (session.IsIpv6)
        {
            Path(
                "as-set",
                "an aggregate that hides its origin in an AS_SET",
                false,
                AsPathSegment.Sequence(First),
                AsPathSegment.Set(UnrelatedAsn + 1, UnrelatedAsn + 2)
            );
        }

        Path(
            "first-as",
            "a path that does not begin with the neighbor",
            IsRouteServer,
            AsPathSegment.Sequence(UnrelatedAsn + 3)
        );
        Path(
            "peer-lock",
            $"a path through AS{TransitFree}, a transit-free network",
            Neighbor.Role == NeighborRole.Transit,
            AsPathSegment.Sequence(First, TransitFree, UnrelatedAsn)
        );
        Path(
            "own-as",
            "a path with our own AS number",
            false,
            AsPathSegment.Sequence(First, edge.Asn, UnrelatedAsn)
        );
        Add(
            "otc",
            "a route with Only To Customer (RFC 9234)",
            new Announcement
            {
                Prefix = space.Next(),
                Path = [AsPathSegment.Sequence(First)],
                More = [PathAttribute.OnlyToCustomer(LabNumbers.WorldAsn)],
            },
            Neighbor.Role is NeighborRole.Transit or NeighborRole.RouteServer
        );
        foreach (var (low, high) in BogonAsns())
        {
            foreach (var asn in new[] { low, high }.Distinct())
            {
                Path(
                    $"bogon-asn-{asn}",
                    $"a path through AS{asn}",
                    false,
                    AsPathSegment.Sequence(First, asn, UnrelatedAsn)
                );
            }
        }
    }

    private void NextHops()
    {
        NextHop("next-hop-ours", "a next hop that is our own address", session.EdgeAddress);
        NextHop(
            "next-hop-outside",
            "a next hop beyond the link",
            session.IsIpv6 ? LabNumbers.FarHost6 : LabNumbers.FarHost4
        );
        if (session.UpstreamLinkLocal is { } linkLocal)
        {
            NextHop("next-hop-link-local", "a next hop with a link-local address only", linkLocal);
        }
    }

    /// <summary>Accepted, but without our communities.</summary>
    private void Communities() =>
        probes.Add(
            new(
                "our-marks",
                "a route with our own communities",
                new Announcement
                {
                    Prefix = space.Next(),
                    Path = [AsPathSegment.Sequence(First)],
                    More = OurCommunities(),
                },
                Accepted: true,
                Marked: true
            )
        );

    private IReadOnlyList<PathAttribute> OurCommunities() =>
        ForeignCommunities.On(session, 0xfbf0_0001);

    /// <summary>
    /// A customer may have other providers: its networks are accepted from others like any route, but not advertised as a
    /// customer's.
    /// </summary>
    private void CustomersElsewhere()
    {
        foreach (
            var prefix in edge.Bgp!.Neighbors.Where(other => other.Role == NeighborRole.Customer)
                .SelectMany(customer => customer.AllowedPrefixes)
                .Select(IPNetwork.Parse)
                .Where(IsOfFamily)
        )
        {
            Add(
                $"customer-elsewhere-{prefix}",
                "a customer's network from another neighbor",
                ProbeSpace.Last(prefix, session.Number),
                accepted: true
            );
        }
    }

    /// <summary>A customer with another provider leaks the very route that our transit announces.</summary>
    private void Leak(LabSession? transit)
    {
        if (transit is not null)
        {
            Add(
                "customer-leak",
                "a route of our transit, leaked by a customer",
                new Announcement
                {
                    Prefix = new ProbeSpace(transit).Next(),
                    Path = [AsPathSegment.Sequence(First, transit.Neighbor.Asn)],
                },
                accepted: false
            );
        }
    }

    private void Roas()
    {
        if (edge.Bgp!.RpkiCaches.Count == 0)
        {
            return;
        }

        Roa("rpki-valid", "a route that its ROA makes valid", First, 0, true);
        Roa("rpki-origin", "a route whose ROA names another origin", UnrelatedAsn + 9, 0, false);
        Roa("rpki-none", "a route whose ROA names AS0", 0, 0, false);
        if (!IsCustomer && session.IsIpv6)
        {
            Roa("rpki-length", "a more specific beyond the ROA's maximum length", First, 1, false);
        }
    }

    private void Roa(string id, string title, uint asn, int longer, bool accepted)
    {
        var prefix = space.Next();
        roas.Add(new(prefix, prefix.PrefixLength, asn));
        Add(id, title, longer > 0 ? ProbeSpace.Half(prefix) : prefix, accepted);
    }

    private IEnumerable<(uint Low, uint High)> BogonAsns() =>
        rules
            .Where(rule => rule.Rule == PolicyRules.BogonAsn && PrefixProbes.IsEntry(rule))
            .Select(rule => rule.Subject!.Split('-'))
            .Select(ends => (Number(ends[0]), Number(ends[^1])));

    private bool IsOfFamily(IPNetwork prefix) =>
        prefix.BaseAddress.AddressFamily == session.UpstreamAddress.AddressFamily;

    private IPNetwork Outside() =>
        session.IsIpv6
            ? IPNetwork.Parse($"2d00:{0x3000 + session.Number:x}::/32")
            : IPNetwork.Parse($"13.{session.Number}.0.0/16");

    private AsPathSegment LongPath(int length) =>
        AsPathSegment.Sequence([First, .. Enumerable.Repeat(UnrelatedAsn, length - 1)]);

    private void Path(
        string id,
        string title,
        bool accepted,
        params IReadOnlyList<AsPathSegment> path
    ) => Add(id, title, new Announcement { Prefix = space.Next(), Path = path }, accepted);

    private void NextHop(string id, string title, IPAddress address) =>
        Add(
            id,
            title,
            new Announcement
            {
                Prefix = space.Next(),
                Path = [AsPathSegment.Sequence(First)],
                NextHop = [address],
            },
            accepted: false
        );

    private void Add(string id, string title, IPNetwork prefix, bool accepted) =>
        Add(
            id,
            title,
            new Announcement { Prefix = prefix, Path = [AsPathSegment.Sequence(First)] },
            accepted
        );

    private void Add(string id, string title, Announcement announcement, bool accepted)
    {
        var complete = announcement.Path is null
            ? announcement with
            {
                Path = [AsPathSegment.Sequence(First)],
            }
            : announcement;
        probes.Add(new(id, title, complete, accepted));
    }

    private static uint Number(string text) => uint.Parse(text, CultureInfo.InvariantCulture);
}
