using Appliance.Rendering.Documents;
using Appliance.Rendering.Internet;
using Appliance.Rendering.Policies;

namespace Appliance.Rendering.Files.Routing;

/// <summary>Lists of what may stand in a path, and of communities.</summary>
internal static class FrrPathLists
{
    public const string BogonAsns = "bogon-asns";
    public const string LongPaths = "long-paths";
    public const string TransitFree = "transit-free";
    public const string Local = "local";

    /// <summary>BLACKHOLE, with which a customer asks us to drop traffic (RFC 7999).</summary>
    public const string Requests = "requests";

    /// <summary>The mark of what customers have dropped.</summary>
    public const string RequestsMark = "requested";

    /// <summary>Our own marks, as standard and as large communities.</summary>
    public const string OurMarks = "our-marks";

    /// <summary>The mark of customers' routes.</summary>
    public const string CustomersMark = "customers";

    /// <summary>The mark of everything that came in through a filter.</summary>
    public const string LearnedMark = "learned";

    /// <summary>Numbers in the longest path taken; real ones have fewer than 20 after removing repetitions.</summary>
    private const int LongestPath = 50;

    public static FrrSection Paths(SiteDocument document, IReadOnlyList<FrrSession> sessions) =>
        new(
            "Paths",
            [
                FrrBlock.Text(
                    $"! Numbers that nobody may use, as known on {InternetData.Current.Date:yyyy-MM-dd}."
                ),
                .. Bogons(document).Select(Bogon),
                FrrBlock.Text(
                    "!",
                    $"! More than {LongestPath} numbers.",
                    $"bgp as-path access-list {LongPaths} seq 5 permit {AsnExpressions.AtLeast(LongestPath + 1)}",
                    "!",
                    "! What begins in this AS.",
                    $"bgp as-path access-list {Local} seq 5 permit ^$"
                ),
                .. Locks(sessions),
            ]
        );

    public static FrrSection Communities(
        SiteDocument document,
        IReadOnlyList<FrrSession> sessions
    ) =>
        new(
            "Communities",
            [
                FrrBlock.Text(
                    $"! Every route is marked with what it was learned from ({document.Asn}:1:ROLE) and from whom ({document.Asn}:2:ASN).",
                    "! The names are for \"show bgp\"."
                ),
                FrrBlock.Text(Names(document, sessions)),
                FrrBlock.Text(
                    "!",
                    "! Marks of ours that others write on their routes are taken off.",
                    $"bgp large-community-list expanded {OurMarks} seq 5 permit _{document.Asn}:"
                ),
                FrrBlock.Text(
                    document.Asn <= ushort.MaxValue
                        ? [$"bgp community-list expanded {OurMarks} seq 5 permit _{document.Asn}:"]
                        : []
                ),
                FrrBlock.Text(MarkLists(document, sessions)),
            ]
        );

    /// <summary>Name of the list of transit-free networks that fits a session: one of them may be the neighbor itself.</summary>
    public static string LockOf(FrrSession session) =>
        IsTransitFree(session) ? $"{TransitFree}-{session.Name}" : TransitFree;

    private static bool IsTransitFree(FrrSession session) =>
        InternetData.Current.TransitFree.Any(network => network.Asn == session.Neighbor.Asn);

    private static IEnumerable<FrrBlock> Locks(IReadOnlyList<FrrSession> sessions)
    {
        var locked = sessions.Where(session => session.IsLocked).ToList();
        if (locked.Count == 0)
        {
            yield break;
        }

        var networks = InternetData.Current.TransitFree;
        yield return FrrBlock.Text([
            "!",
            "! Large networks that buy transit from nobody:",
            .. networks
                .Chunk(5)
                .Select(some => $"! {string.Join(", ", some.Select(n => $"{n.Asn} {n.Name}"))}"),
        ]);
        foreach (var session in locked.DistinctBy(LockOf))
        {
            var asns = networks.Select(n => n.Asn).Where(asn => asn != session.Neighbor.Asn);
            yield return FrrBlock.Text(
                $"bgp as-path access-list {LockOf(session)} seq 5 permit {AsnExpressions.AnyOf(asns)}"
            );
        }
    }

    /// <summary>A lab uses some of these numbers itself, and is served well by the others.</summary>
    private static IEnumerable<BogonAsnRange> Bogons(SiteDocument document) =>
        document.Lab
            ? AsnExpressions.Without(
                InternetData.Current.BogonAsns,
                document.Bgp!.Neighbors.Select(neighbor => neighbor.Asn).Prepend(document.Asn)
            )
            : InternetData.Current.BogonAsns;

    private static FrrBlock Bogon(BogonAsnRange range, int index)
    {
        var numbers = range.First == range.Last ? $"{range.First}" : $"{range.First}-{range.Last}";
        return FrrBlock.About(
            PolicyRules.BogonAsn,
            numbers,
            $"! {numbers}: {range.Why}",
            $"bgp as-path access-list {BogonAsns} seq {(index + 1) * 5} permit {AsnExpressions.InRange(range.First, range.Last)}"
        );
    }

    private static IEnumerable<string> MarkLists(
        SiteDocument document,
        IReadOnlyList<FrrSession> sessions
    )
    {
        if (sessions.Any(session => session.IsCustomer))
        {
            yield return $"bgp large-community-list standard {CustomersMark} seq 5 permit {FrrMarks.Role(document.Asn, NeighborRole.Customer)}";
        }

        if (sessions.Any(session => session.TakesRequests))
        {
            yield return $"bgp community-list standard {Requests} seq 5 permit {FrrMarks.Word(FrrMarks.Blackhole)}";
            yield return $"bgp large-community-list standard {RequestsMark} seq 5 permit {FrrMarks.Request(document.Asn)}";
        }

        if (sessions.Any(session => session.Neighbor.Send == ExportMode.Full))
        {
            yield return $"bgp large-community-list expanded {LearnedMark} seq 5 permit _{document.Asn}:1:";
        }
    }

    private static IEnumerable<string> Names(
        SiteDocument document,
        IReadOnlyList<FrrSession> sessions
    )
    {
        var given = document.Bgp!.CommunityNames;
        IEnumerable<(string Name, string Community)> requests = sessions.Any(session =>
            session.TakesRequests
        )
            ? [("to-be-dropped", FrrMarks.Request(document.Asn))]
            : [];
        return sessions
            .Select(session => session.Neighbor.Role)
            .Distinct()
            .Order()
            .Select(role =>
                (Name: FrrMarks.Name(role), Community: FrrMarks.Role(document.Asn, role))
            )
            .Concat(requests)
            .Where(item => !given.ContainsKey(item.Name) && !given.Values.Contains(item.Community))
            .Concat(given.Select(item => (Name: item.Key, Community: item.Value)))
            .DistinctBy(item => item.Community)
            .Select(item => $"bgp community alias {item.Community} {item.Name}");
    }
}
