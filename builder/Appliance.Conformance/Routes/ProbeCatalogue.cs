using System.Globalization;
using System.Net;
using Appliance.Conformance.Bgp;
using Appliance.Lab.Rpki;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Policies;

namespace Appliance.Conformance.Routes;

/// <summary>Everything that is announced on one session: what should be taken, and what must not be.</summary>
internal sealed class ProbeCatalogue
{
    /// <summary>One of the networks that buy transit from nobody.</summary>
    private const uint TransitFree = 3356;

    private const uint Stranger = LabNumbers.WorldAsn + 500;
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

    /// <summary>What is announced after the others were judged, because it takes the place of one of them.</summary>
    public IReadOnlyList<RouteProbe> Later =>
        TakesDefault
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
                    Taken: false
                ),
            ]
            : [];

    /// <summary>ROAs that the probes are judged by.</summary>
    public IReadOnlyList<RoaEntry> RoaEntries => roas;

    private NeighborDocument Neighbor => session.Neighbor;

    private bool TakesRoutes => Neighbor.Import is ImportMode.Full or ImportMode.Partial;

    private bool IsCustomer => Neighbor.Role == NeighborRole.Customer;

    private bool IsRouteServer => Neighbor.Role == NeighborRole.RouteServer;

    /// <summary>A route server stands in no path.</summary>
    private uint First => IsRouteServer ? Stranger : Neighbor.Asn;

    private bool TakesDefault => Neighbor.Import is ImportMode.Partial or ImportMode.Default;

    private IPNetwork Everything => IPNetwork.Parse(session.IsIpv6 ? "::/0" : "0.0.0.0/0");

    private void AddAll(LabSession? transit)
    {
        Default();
        Ordinary();
        if (TakesRoutes)
        {
            Paths();
            NextHops();
            Marks();
            Roas();
        }

        if (TakesRoutes && !IsCustomer)
        {
            foreach (var (id, title, prefix) in new PrefixProbes(session, edge, rules).All())
            {
                Add(id, title, prefix, taken: false);
            }

            CustomersElsewhere();
        }
        else if (IsCustomer)
        {
            Add("customer-space", "a network that is not the customer's", Outside(), taken: false);
            Leak(transit);
        }

        if (TakesRoutes)
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
                    More = TakesDefault ? OurMarks() : [],
                },
                TakesDefault,
                TakesDefault
            )
        );

    private void Ordinary()
    {
        Add("ordinary", "an ordinary route", space.Next(), TakesRoutes);
        if (session.UpstreamLinkLocal is { } linkLocal && TakesRoutes)
        {
            Add(
                "next-hop-both",
                "a next hop with a global and a link-local address",
                new Announcement
                {
                    Prefix = space.Next(),
                    NextHop = [session.UpstreamAddress, linkLocal],
                },
                taken: true
            );
        }
    }

    private void Paths()
    {
        Path("path-50", $"a path of {LongestPath} numbers", true, LongPath(LongestPath));
        Path("path-60", "a path of 60 numbers", false, LongPath(60));
        // An IPv4 session does not survive it: FRR 8.4 reads what follows the path as prefixes.
        if (session.IsIpv6)
        {
            Path(
                "as-set",
                "an aggregate that hides its origin in an AS_SET",
                false,
                AsPathSegment.Sequence(First),
                AsPathSegment.Set(Stranger + 1, Stranger + 2)
            );
        }

        Path(
            "first-as",
            "a path that does not begin with the neighbor",
            IsRouteServer,
            AsPathSegment.Sequence(Stranger + 3)
        );
        Path(
            "peer-lock",
            $"a path through AS{TransitFree}, which buys from nobody",
            Neighbor.Role == NeighborRole.Transit,
            AsPathSegment.Sequence(First, TransitFree, Stranger)
        );
        Path(
            "own-as",
            "a path with our own number",
            false,
            AsPathSegment.Sequence(First, edge.Asn, Stranger)
        );
        Add(
            "otc",
            "a route that was only for customers (OTC)",
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
                    AsPathSegment.Sequence(First, asn, Stranger)
                );
            }
        }
    }

    private void NextHops()
    {
        NextHop("next-hop-ours", "a next hop that is ourselves", session.EdgeAddress);
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

    /// <summary>Taken, but without what a stranger has no right to write.</summary>
    private void Marks() =>
        probes.Add(
            new(
                "our-marks",
                "a route with our own marks on it",
                new Announcement
                {
                    Prefix = space.Next(),
                    Path = [AsPathSegment.Sequence(First)],
                    More = OurMarks(),
                },
                Taken: true,
                Marked: true
            )
        );

    private IReadOnlyList<PathAttribute> OurMarks() => StrangeMarks.On(session, 0xfbf0_0001);

    /// <summary>
    /// A customer may have other providers: its networks are taken from others like anybody's, but what came from others
    /// is not told as a customer's.
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
                "a customer's network that did not come from the customer",
                ProbeSpace.Last(prefix, session.Number),
                taken: true
            );
        }
    }

    /// <summary>A customer with another provider than us: the very route that our transit announces, and by way of it.</summary>
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
                taken: false
            );
        }
    }

    private void Roas()
    {
        if (edge.Bgp!.RpkiCaches.Count == 0)
        {
            return;
        }

        Roa("rpki-valid", "a route that its ROA allows", First, 0, true);
        Roa("rpki-origin", "a route whose ROA names another origin", Stranger + 9, 0, false);
        Roa("rpki-none", "a route whose ROA says that nobody may announce it", 0, 0, false);
        if (!IsCustomer && session.IsIpv6)
        {
            Roa("rpki-length", "a part of a network whose ROA is for the whole", First, 1, false);
        }
    }

    private void Roa(string id, string title, uint asn, int longer, bool taken)
    {
        var prefix = space.Next();
        roas.Add(new(prefix, prefix.PrefixLength, asn));
        Add(id, title, longer > 0 ? ProbeSpace.Half(prefix) : prefix, taken);
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
        AsPathSegment.Sequence([First, .. Enumerable.Repeat(Stranger, length - 1)]);

    private void Path(
        string id,
        string title,
        bool taken,
        params IReadOnlyList<AsPathSegment> path
    ) => Add(id, title, new Announcement { Prefix = space.Next(), Path = path }, taken);

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
            taken: false
        );

    private void Add(string id, string title, IPNetwork prefix, bool taken) =>
        Add(
            id,
            title,
            new Announcement { Prefix = prefix, Path = [AsPathSegment.Sequence(First)] },
            taken
        );

    private void Add(string id, string title, Announcement announcement, bool taken)
    {
        var complete = announcement.Path is null
            ? announcement with
            {
                Path = [AsPathSegment.Sequence(First)],
            }
            : announcement;
        probes.Add(new(id, title, complete, taken));
    }

    private static uint Number(string text) => uint.Parse(text, CultureInfo.InvariantCulture);
}
