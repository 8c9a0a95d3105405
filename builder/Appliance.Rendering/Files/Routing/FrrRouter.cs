using Appliance.Rendering.Documents;
using Appliance.Rendering.Policies;

namespace Appliance.Rendering.Files.Routing;

/// <summary>bgpd's sessions and what they carry, by name; the policy itself stands before.</summary>
internal sealed class FrrRouter(
    Site site,
    BgpDocument bgp,
    IReadOnlyList<FrrSession> sessions,
    IReadOnlyList<FrrPrefixLists> families
)
{
    private const string BlackholesMap = "blackholes";

    /// <summary>Announcements of blackholes that a person may add by hand, beyond those of the document.</summary>
    private const int RoomForBlackholes = 16;

    public FrrSection Section() =>
        new(
            "Sessions",
            [
                .. BlackholeMap(),
                FrrBlock.Text(
                    $"router bgp {site.Document.Asn}",
                    $" bgp router-id {bgp.RouterId}",
                    " bgp log-neighbor-changes",
                    " no bgp default ipv4-unicast"
                ),
                .. RestartTime(),
                .. Held(),
                Either(PolicyRules.RequiresPolicy, "bgp ebgp-requires-policy"),
                AsSets(),
                Either(PolicyRules.LostNeighbor, "bgp fast-convergence"),
                .. sessions.SelectMany(session => new FrrNeighbor(site, session).Blocks()),
                .. Monitoring(),
                .. families.SelectMany(Family),
                FrrBlock.Text("exit"),
            ]
        );

    /// <summary>
    /// bgpd tells every neighbor two minutes (RFC 4724) and that its tables outlive it (RFC 9494), also where it is only a
    /// helper. BIRD believes it and keeps our routes for so long after bgpd has died, while zebra has emptied the kernel.
    /// </summary>
    private IEnumerable<FrrBlock> RestartTime() =>
        sessions.Any(session =>
            session.Neighbor.Session.GracefulRestart == GracefulRestartMode.Restart
        )
            ? []
            :
            [
                FrrBlock.Text(
                    " ! While bgpd is gone our kernel has no routes, so neighbors are to keep none of ours (RFC 4724).",
                    " bgp graceful-restart restart-time 0"
                ),
            ];

    /// <summary>The first boot service takes it out of the running configuration; the file keeps it for the next start.</summary>
    private IEnumerable<FrrBlock> Held() =>
        site.Document.Preflight is { Hold: PreflightHold.Sessions }
            ?
            [
                FrrBlock.Text(
                    " ! Until the preflight has passed; it takes this away by itself.",
                    " bgp shutdown message preflight"
                ),
            ]
            : [];

    /// <summary>
    /// FRR does it by itself since 10.5, and does not show that it does. frr-reload.py would then say it at every reload,
    /// and saying it resets all sessions.
    /// </summary>
    private FrrBlock AsSets()
    {
        var block = Either(PolicyRules.AsSets, "bgp reject-as-sets");
        return FrrRelease.IsSince(site.Document.System.FrrVersion, 10, 5)
            ? block with
            {
                Lines = [$" ! {PolicyRules.AsSets.Stops}", " ! FRR refuses them by itself."],
            }
            : block;
    }

    private static FrrBlock Either(PolicyRule rule, string command) =>
        FrrBlock.Of(rule, $" ! {rule.Stops}", $" {command}") with
        {
            Instead = [$" no {command}"],
        };

    private bool TellsBlackholes =>
        sessions.Any(session => session.Neighbor.BlackholeCommunity is not null);

    private IEnumerable<FrrBlock> BlackholeMap() =>
        TellsBlackholes
            ?
            [
                FrrBlock.Text(
                    "! Static routes that become blackholes of neighbors.",
                    $"route-map {BlackholesMap} permit 10"
                ),
                FrrBlock.Of(PolicyRules.BlackholeSource, $" match tag {FrrExport.BlackholeTag}"),
                FrrBlock.Text("exit", $"route-map {BlackholesMap} deny 1000", "exit", "!"),
            ]
            : [];

    /// <summary>A station is named, and this FRR can speak to it.</summary>
    private bool IsMonitored =>
        bgp.Bmp is not null && FrrModules.Of(site.Document.System).Contains(FrrModules.Bmp);

    private IEnumerable<FrrBlock> Monitoring()
    {
        if (bgp.Bmp is not { } station)
        {
            yield break;
        }

        yield return IsMonitored
            ? FrrBlock.Of(
                PolicyRules.Monitoring,
                [
                    " !",
                    " ! Who is told everything that is received (RFC 7854).",
                    " bmp targets station",
                    .. families.Select(lists =>
                        $"  bmp monitor {lists.Family.Name} unicast pre-policy"
                    ),
                    $"  bmp connect {station.Host} port {station.Port} min-retry 1000 max-retry 60000",
                    " exit",
                ]
            )
            : FrrBlock.Text(
                " !",
                $" ! {station.Host} would be told all that is received, but this FRR has no BMP module."
            );
    }

    private IEnumerable<FrrBlock> Family(FrrPrefixLists lists)
    {
        var own = sessions.Where(session => session.Family == lists.Family).ToList();
        return
        [
            FrrBlock.Text([
                " !",
                $" address-family {lists.Family.Name} unicast",
                .. lists.OwnPrefixes.Select(prefix => $"  network {prefix}"),
                .. TellsBlackholes && lists.AnnouncesAnything
                    ? [$"  redistribute static route-map {BlackholesMap}"]
                    : Array.Empty<string>(),
            ]),
            .. own.SelectMany(session => Carried(session, lists)),
            FrrBlock.Text(" exit-address-family"),
        ];
    }

    private IEnumerable<FrrBlock> Carried(FrrSession session, FrrPrefixLists lists)
    {
        var neighbor = $"  neighbor {session.Neighbor.Address}";
        yield return FrrBlock.Text(
            $"{neighbor} activate",
            $"{neighbor} route-map {session.ImportMap} in",
            $"{neighbor} route-map {session.ExportMap} out"
        );
        if (sessions.Any(session.IsBesideCustomer))
        {
            yield return FrrBlock.About(
                PolicyRules.NextHopSelf,
                session.Name,
                $"{neighbor} next-hop-self"
            );
        }

        if (session.IsRevalidated)
        {
            yield return FrrBlock.About(
                PolicyRules.Revalidation,
                session.Name,
                $"{neighbor} soft-reconfiguration inbound"
            );
        }
        else if (IsMonitored)
        {
            yield return FrrBlock.About(
                PolicyRules.MonitoredRoutes,
                session.Name,
                $"{neighbor} soft-reconfiguration inbound"
            );
        }

        if (session.MaximumPrefix is { } maximum)
        {
            yield return FrrBlock.About(
                PolicyRules.MaximumPrefix,
                session.Name,
                $"{neighbor} maximum-prefix {maximum} 90 restart 30"
            );
        }

        if (session.Neighbor.Send != ExportMode.Full)
        {
            yield return FrrBlock.About(
                PolicyRules.MaximumPrefixOut,
                session.Name,
                $"{neighbor} maximum-prefix-out {MostTold(session, lists)}"
            );
        }

        if (session.Neighbor.Send == ExportMode.Default)
        {
            yield return FrrBlock.Text($"{neighbor} default-originate");
        }
    }

    /// <summary>Our prefixes, what customers may bring, blackholes and the default route, each where it is told.</summary>
    private int MostTold(FrrSession session, FrrPrefixLists lists)
    {
        var customers = sessions
            .Where(other => other.IsCustomer && other != session && other.Family == session.Family)
            .Sum(other => other.MaximumPrefix ?? 0);
        var blackholes = session.Neighbor.BlackholeCommunity is null
            ? 0
            : bgp.Blackholes.Count(session.Family.Has) + RoomForBlackholes;
        var defaultRoute = session.Neighbor.Send == ExportMode.Default ? 1 : 0;
        return Math.Max(1, lists.OwnPrefixes.Count + customers + blackholes + defaultRoute);
    }
}
