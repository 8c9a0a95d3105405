using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>Options of sessions that contradict each other or the way to the neighbor.</summary>
internal static class SessionValidation
{
    public static void Validate(NetworkScope scope)
    {
        foreach (var site in scope.Network.Sites)
        {
            foreach (var upstream in site.Upstreams)
            {
                CheckTimers(scope, upstream.Session);
                CheckTtl(scope, upstream);
                CheckMultihop(scope, site, upstream);
                CheckShutdown(scope, upstream);
            }
        }
    }

    private static void CheckTimers(NetworkScope scope, UpstreamSession session)
    {
        if (session.Timers is { } timers && timers.Value.Hold < 3 * timers.Value.Keepalive)
        {
            scope.Add(
                FindingCatalogue.TimersContradict,
                timers.At,
                $"hold {timers.Value.Hold} is less than three times keepalive {timers.Value.Keepalive}",
                $"hold: {3 * timers.Value.Keepalive}"
            );
        }
    }

    private static void CheckTtl(NetworkScope scope, Upstream upstream)
    {
        var session = upstream.Session;
        if (session.TtlSecurity is not { Value: true } security)
        {
            return;
        }

        if (session.Multihop is not null)
        {
            scope.Add(
                FindingCatalogue.TtlContradiction,
                security.At,
                $"{upstream.Name} is several hops away, where no packet arrives with a TTL of 255"
            );
        }
        else if (session.Bfd is not null && upstream.Neighbor.Value.IsIpv6)
        {
            scope.Add(
                FindingCatalogue.TtlContradiction,
                security.At,
                "over IPv6 FreeBSD sends the full TTL by treating the session as one of several hops, "
                    + "and BFD of one hop would not come up",
                "leave out bfd or ttl_security"
            );
        }
        else if (upstream.Neighbor.Value.IsIpv6)
        {
            scope.Add(
                FindingCatalogue.TtlNotEnforced,
                security.At,
                $"over IPv6 FreeBSD sends {upstream.Name} a hop limit of 255 and checks none itself",
                upstream.PasswordSecret is null
                    ? "a password (TCP-MD5) keeps forged segments out; the packet filter holds the session to its address and device"
                    : "the password (TCP-MD5) and the packet filter keep forged segments out; write false if the neighbor asks for no 255"
            );
        }
    }

    private static void CheckMultihop(NetworkScope scope, Site site, Upstream upstream)
    {
        if (upstream.Session.Multihop is not { } multihop)
        {
            return;
        }

        if (upstream.Over is not UpstreamPath.Direct direct)
        {
            scope.Add(
                FindingCatalogue.MultihopOnLink,
                multihop.At,
                "the far end of a tunnel is one hop away"
            );
            return;
        }

        if (site.FindInterface(direct.Interface.Value) is not { } item)
        {
            return;
        }

        var isIpv6 = upstream.Neighbor.Value.IsIpv6;
        var own = isIpv6 ? item.Ipv6 : item.Ipv4;
        if (own is not null && OnLink.IsHost(own.Value, upstream.Neighbor.Value))
        {
            scope.Add(
                FindingCatalogue.MultihopOnLink,
                multihop.At,
                $"{upstream.Neighbor} is on the link of {item.Name}"
            );
        }
        else if ((isIpv6 ? item.Gateway6 : item.Gateway4) is null && scope.IsReadable(item.At))
        {
            var digit = Words.Digit(upstream.Neighbor.Value.Family);
            scope.Add(
                FindingCatalogue.MultihopWithoutGateway,
                multihop.At,
                $"{upstream.Neighbor} is not on the link of {item.Name}, which has no gateway{digit} either"
            );
        }
    }

    private static void CheckShutdown(NetworkScope scope, Upstream upstream)
    {
        if (upstream is { Session.Shutdown: not null, Drain: { Value: true } drain })
        {
            scope.Add(
                FindingCatalogue.ShutAndDrained,
                drain.At,
                $"{upstream.Name} is switched off already"
            );
        }
    }
}
