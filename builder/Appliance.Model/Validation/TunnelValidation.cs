using Appliance.Model.Derived;
using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>The outside of tunnels, of links and to upstreams alike: outer addresses and MTU.</summary>
internal static class TunnelValidation
{
    public static void Validate(NetworkScope scope)
    {
        var taken = new OuterPairs(scope);
        foreach (var link in scope.Network.Links)
        {
            CheckLink(scope, link, taken);
        }

        foreach (var site in scope.Network.Sites)
        {
            foreach (var upstream in site.Upstreams)
            {
                if (upstream.Over is UpstreamPath.Tunnel tunnel)
                {
                    CheckUpstream(scope, site, upstream, tunnel, taken);
                }
            }
        }
    }

    private static void CheckLink(NetworkScope scope, Link link, OuterPairs taken)
    {
        MtuValidation.CheckLeast(scope, link.Mtu);
        var first = scope.FindSite(link.First.Value);
        var second = scope.FindSite(link.Second.Value);
        if (first is null || second is null || first == second)
        {
            return;
        }

        var here = Underlay(scope, first, link, link.First.At);
        var there = Underlay(scope, second, link, link.Second.At);
        if (here is null || there is null)
        {
            return;
        }

        var isFirstSmaller = here.UnderlayMtu.Bytes <= there.UnderlayMtu.Bytes;
        var (smaller, end) = isFirstSmaller ? (here, link.First) : (there, link.Second);
        CheckMtu(scope, link.Protocol, link.Mtu, smaller, end.At);
        var hereAddress = here.Ipv4!.Value.Address;
        var thereAddress = there.Ipv4!.Value.Address;
        CheckReachable(scope, first, thereAddress, link.First.At);
        CheckReachable(scope, second, hereAddress, link.Second.At);
        taken.Add(first, link.Protocol, 0, hereAddress, thereAddress, link.At);
        taken.Add(second, link.Protocol, 0, thereAddress, hereAddress, link.At);
    }

    private static SiteInterface? Underlay(
        NetworkScope scope,
        Site site,
        Link link,
        SourceLocation at
    )
    {
        var underlay = TunnelUnderlay.Of(site, link);
        if (underlay is null && scope.IsReadable(site, "interfaces") && NamesExisting(site, link))
        {
            ReportNoOuterAddress(scope, site, at);
        }

        return underlay;
    }

    // A name without an interface has its own finding.
    private static bool NamesExisting(Site site, Link link) =>
        link.Over.All(o =>
            o.Site != site.Name || site.FindInterface(o.Interface.Value) is not null
        );

    private static void ReportNoOuterAddress(NetworkScope scope, Site site, SourceLocation at) =>
        scope.Add(
            FindingCatalogue.NoOuterAddress,
            at,
            $"{site.Name} has no IPv4 address for the outside of the tunnel",
            "give the interface that carries the tunnel an ipv4 address"
        );

    private static void CheckUpstream(
        NetworkScope scope,
        Site site,
        Upstream upstream,
        UpstreamPath.Tunnel tunnel,
        OuterPairs taken
    )
    {
        MtuValidation.CheckLeast(scope, tunnel.Mtu);
        AddressSpace.Check(scope, tunnel.Remote.Value, tunnel.Remote.At, allowPrivate: false);
        CheckFib(scope, tunnel);
        var underlay = UpstreamUnderlay(scope, site, tunnel);
        if (underlay is null)
        {
            return;
        }

        var local = tunnel.Local?.Value ?? underlay.Ipv4!.Value.Address;
        if (site.Interfaces.Any(i => i.Ipv4?.Value.Address == tunnel.Remote.Value))
        {
            scope.Add(
                FindingCatalogue.OuterIsSelf,
                tunnel.Remote.At,
                $"{tunnel.Remote} is an address of {site.Name} itself",
                "remote is the upstream's end"
            );
            return;
        }

        CheckMtu(scope, tunnel.Protocol, tunnel.Mtu, underlay, tunnel.At);
        CheckReachable(scope, site, tunnel.Remote.Value, tunnel.Remote.At);
        var fib = tunnel.TunnelFib?.Value ?? 0;
        taken.Add(site, tunnel.Protocol, fib, local, tunnel.Remote.Value, upstream.At);
    }

    private static SiteInterface? UpstreamUnderlay(
        NetworkScope scope,
        Site site,
        UpstreamPath.Tunnel tunnel
    )
    {
        var underlay = TunnelUnderlay.Of(site, tunnel);
        if (!scope.IsReadable(site, "interfaces"))
        {
            return underlay;
        }

        var named = tunnel.Interface;
        if (named is not null && site.FindInterface(named.Value) is null)
        {
            UnknownNames.ReportInterface(scope, site, named);
        }
        else if (
            tunnel.Local is { } local
            && (underlay is null || underlay.Ipv4!.Value.Address != local.Value)
        )
        {
            scope.Add(
                FindingCatalogue.LocalNotOurs,
                local.At,
                named is null
                    ? $"{local} is no interface's address of {site.Name}"
                    : $"{local} is not the address of interface {named}",
                "leave out \"local\" to take the address of the interface"
            );
            return null;
        }
        else if (underlay is null)
        {
            ReportNoOuterAddress(scope, site, named?.At ?? tunnel.At);
        }

        return underlay;
    }

    private static void CheckFib(NetworkScope scope, UpstreamPath.Tunnel tunnel)
    {
        if (tunnel.TunnelFib is { Value: > 0 } fib)
        {
            scope.Add(
                FindingCatalogue.TunnelFibWithoutRoutes,
                fib.At,
                $"FIB {fib} has no route to {tunnel.Remote}; interfaces and gateways are in FIB 0",
                "leave out tunnelfib"
            );
        }
    }

    private static void CheckMtu(
        NetworkScope scope,
        TunnelProtocol protocol,
        Located<Mtu>? mtu,
        SiteInterface over,
        SourceLocation owner
    )
    {
        var (underlay, carrier) = (over.UnderlayMtu, over.Name);
        var largest = TunnelOverhead.Within(underlay, protocol);
        if (mtu is not null && mtu.Value.Bytes > largest.Bytes)
        {
            scope.Add(
                FindingCatalogue.TunnelMtuTooLarge,
                mtu.At,
                $"an MTU of {mtu} does not fit: {carrier} has {underlay}, less {TunnelOverhead.Of(protocol)} leaves {largest}",
                $"write {largest} or leave out mtu"
            );
        }
        else if (
            mtu is null
            && largest.Bytes < Mtu.Ipv6Minimum
            && underlay.Bytes >= Mtu.Ipv6Minimum
        )
        {
            scope.Add(
                FindingCatalogue.MtuBelowIpv6,
                owner,
                $"the MTU of {carrier}, {underlay}, leaves {largest} for the tunnel; IPv6 needs {Mtu.Ipv6Minimum}",
                $"an underlay has at least {Mtu.Ipv6Minimum + TunnelOverhead.Of(protocol)}"
            );
        }
    }

    private static void CheckReachable(
        NetworkScope scope,
        Site site,
        IpAddress remote,
        SourceLocation at
    )
    {
        var isReached =
            site.Interfaces.Any(i =>
                i.Gateway4 is not null || (i.Ipv4 is { } own && own.Value.Prefix.Contains(remote))
            ) || site.Routes.Any(r => r.Fib == 0 && r.To.Value.Contains(remote));
        if (!isReached && scope.IsReadable(site, "interfaces") && scope.IsReadable(site, "routes"))
        {
            scope.Add(
                FindingCatalogue.OuterUnreachable,
                at,
                $"{site.Name} has no IPv4 route to {remote}, the far end of the tunnel",
                "give the interface a gateway4"
            );
        }
    }
}
