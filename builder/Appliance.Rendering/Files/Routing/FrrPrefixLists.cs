using System.Net;
using Appliance.Rendering.Internet;
using Appliance.Rendering.Network;
using Appliance.Rendering.Policies;

namespace Appliance.Rendering.Files.Routing;

/// <summary>Lists of prefixes of one family.</summary>
internal sealed class FrrPrefixLists(
    Site site,
    FrrFamily family,
    IReadOnlyList<FrrSession> sessions
)
{
    public FrrFamily Family => family;

    private readonly List<string> own = [.. site.Document.Prefixes.Where(family.Has)];

    /// <summary>Space of ours and everything inside it; null when we have none of this family.</summary>
    public string? Own => own.Count > 0 ? family.List("own") : null;

    /// <summary>What we announce, and nothing inside it.</summary>
    public string Announce => family.List("announce");

    /// <summary>Parts of our space that are too small to be announced to everybody.</summary>
    public string Blackholes => family.List("blackholes");

    /// <summary>Links that we are on; null when none is long enough to matter.</summary>
    public string? Links => LinkPrefixes().Count > 0 ? family.List("links") : null;

    public string BogonSpace => family.List("bogons");

    public string Lengths => family.List("lengths");

    public string Default => family.List("default");

    /// <summary>Space of all customers; null when there are none.</summary>
    public string? Customers => sessions.Any(s => s.IsCustomer) ? family.List("customers") : null;

    /// <summary>Customers may have something dropped, and somebody drops for us.</summary>
    public bool PassesRequests =>
        sessions.Any(session => session.TakesRequests)
        && sessions.Any(session => session.Neighbor.BlackholeCommunity is not null);

    public bool AnnouncesAnything => own.Count > 0;

    public IReadOnlyList<string> OwnPrefixes => own;

    public FrrSection Section() =>
        new(
            $"Prefixes of IP{family.Label}",
            [
                FrrBlock.Text(OwnLists()),
                FrrBlock.Text(LinkList()),
                FrrBlock.Text(
                    "!",
                    $"! Space that nobody may use, as known on {InternetData.Current.Date:yyyy-MM-dd}, and everything inside it."
                ),
                FrrBlock.Text(LabExceptions().Select((what, index) => BogonEntry(index, what))),
                .. Bogons.Prefixes(family.IsIpv6).Select(Bogon),
                FrrBlock.Text(
                    "!",
                    $"! Anything but {family.Routable} from /{family.Shortest} to /{family.Longest}. The default route is among it.",
                    family.PrefixList(
                        Lengths,
                        5,
                        $"deny {family.Routable} ge {family.Shortest} le {family.Longest}"
                    ),
                    family.PrefixList(Lengths, 10, $"permit {family.Everything} le {family.Host}")
                ),
                FrrBlock.Text(DefaultList()),
                FrrBlock.Text(CustomerLists()),
                FrrBlock.Text(RequestLists()),
            ]
        );

    private IEnumerable<string> OwnLists()
    {
        if (own.Count == 0)
        {
            yield break;
        }

        yield return "! Ours: what we announce; that and everything inside it; what is too small to be announced to all.";
        foreach (var (index, prefix) in own.Index())
        {
            yield return family.PrefixList(Announce, Sequence(index), $"permit {prefix}");
        }

        foreach (var (index, prefix) in own.Index())
        {
            yield return family.PrefixList(
                Own!,
                Sequence(index),
                $"permit {prefix} le {family.Host}"
            );
        }

        foreach (var (index, prefix) in own.Index())
        {
            yield return family.PrefixList(
                Blackholes,
                Sequence(index),
                $"permit {prefix} ge {family.Longest + 1}"
            );
        }
    }

    private IEnumerable<string> LinkList()
    {
        if (Links is not { } list)
        {
            yield break;
        }

        yield return "!";
        yield return "! Links that we are on.";
        foreach (var (index, prefix) in LinkPrefixes().Index())
        {
            yield return family.PrefixList(
                list,
                Sequence(index),
                $"permit {prefix} le {family.Host}"
            );
        }
    }

    /// <summary>Longer ones are refused for their length, those of ours for being ours.</summary>
    private List<string> LinkPrefixes() =>
        [
            .. LinksOfAnyLength()
                .Where(link =>
                    link.PrefixLength <= family.Longest
                    && !site.OwnPrefixes.Any(prefix => Addresses.Overlap(prefix, link))
                )
                .Select(link => link.ToString()),
        ];

    private IEnumerable<IPNetwork> LinksOfAnyLength() =>
        site
            .Document.Interfaces.Select(item => family.IsIpv6 ? item.Ipv6 : item.Ipv4)
            .Concat(site.Document.Tunnels.Select(tunnel => tunnel.InnerLocal))
            .OfType<string>()
            .Where(family.Has)
            .Select(Addresses.NetworkOf)
            .Distinct();

    private FrrBlock Bogon(BogonPrefix bogon, int index) =>
        FrrBlock.About(
            PolicyRules.BogonPrefix,
            bogon.Prefix,
            $"! {bogon.Why}",
            BogonEntry(LabExceptions().Count() + index, $"permit {bogon.Prefix} le {family.Host}")
        );

    private string BogonEntry(int index, string what) =>
        family.PrefixList(BogonSpace, Sequence(index), what);

    /// <summary>In a lab, customers have such space too.</summary>
    private IEnumerable<string> LabExceptions() =>
        site.Document.Lab
            ? CustomerPrefixes().Distinct().Select(prefix => $"deny {prefix} le {family.Longest}")
            : [];

    private IEnumerable<string> CustomerPrefixes() =>
        sessions.SelectMany(session => session.Neighbor.AllowedPrefixes);

    private IEnumerable<string> DefaultList() =>
        sessions.Any(session => session.TakesDefault)
            ?
            [
                "!",
                "! The default route.",
                family.PrefixList(Default, 5, $"permit {family.Everything}"),
            ]
            : [];

    private IEnumerable<string> CustomerLists()
    {
        var all = new List<string>();
        foreach (var session in sessions.Where(session => session.IsCustomer))
        {
            yield return "!";
            yield return $"! What {session.Name} may announce.";
            foreach (var (index, prefix) in session.Neighbor.AllowedPrefixes.Index())
            {
                var what =
                    Addresses.LengthOf(prefix) < family.Longest
                        ? $"permit {prefix} le {family.Longest}"
                        : $"permit {prefix}";
                all.Add(what);
                yield return family.PrefixList(session.CustomerSpace, Sequence(index), what);
            }
        }

        foreach (var (index, what) in all.Distinct().Index())
        {
            yield return family.PrefixList(Customers!, Sequence(index), what);
        }
    }

    /// <summary>A link of ours in a customer's space carries more than what is the customer's.</summary>
    private IEnumerable<string> RequestLists()
    {
        foreach (var session in sessions.Where(session => session.TakesRequests))
        {
            yield return "!";
            yield return $"! What {session.Name} may have dropped.";
            var space = session.Neighbor.AllowedPrefixes;
            var links = LinksOfAnyLength()
                .Where(link =>
                    space.Any(prefix => Addresses.Overlap(link, IPNetwork.Parse(prefix)))
                )
                .Select(link =>
                    link.PrefixLength < family.Host
                        ? $"deny {link} le {family.Host}"
                        : $"deny {link}"
                );
            var parts = space.Select(prefix =>
                $"permit {prefix} ge {session.Neighbor.BlackholeLength}"
            );
            foreach (var (index, what) in links.Concat(parts).Index())
            {
                yield return family.PrefixList(session.RequestSpace, Sequence(index), what);
            }
        }
    }

    private static int Sequence(int index) => (index + 1) * 5;
}
