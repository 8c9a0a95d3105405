using Appliance.Model.Networks;
using Appliance.Model.Values;

namespace Appliance.Model.Derived;

/// <summary>Which interface carries a tunnel, and how large the tunnel's packets may be.</summary>
internal static class TunnelUnderlay
{
    /// <summary>The interface of a link's end, null if the file names one that does not exist or has no IPv4.</summary>
    public static SiteInterface? Of(Site site, Link link)
    {
        var named = link.Over.FirstOrDefault(over => over.Site == site.Name);
        return named is null
            ? site.DefaultUnderlay
            : WithIpv4(site.FindInterface(named.Interface.Value));
    }

    /// <summary>The interface of a tunnel to an upstream: the named one, that of the local address, or the default.</summary>
    public static SiteInterface? Of(Site site, UpstreamPath.Tunnel tunnel)
    {
        if (tunnel.Interface is not null)
        {
            return WithIpv4(site.FindInterface(tunnel.Interface.Value));
        }

        return tunnel.Local is null
            ? site.DefaultUnderlay
            : site.Interfaces.FirstOrDefault(i => i.Ipv4?.Value.Address == tunnel.Local.Value);
    }

    /// <summary>The MTU of both ends: as given, or what fits the smaller underlay.</summary>
    public static Mtu MtuOf(Link link, SiteInterface first, SiteInterface second)
    {
        var smaller =
            first.UnderlayMtu.Bytes < second.UnderlayMtu.Bytes
                ? first.UnderlayMtu
                : second.UnderlayMtu;
        return link.Mtu?.Value ?? TunnelOverhead.Within(smaller, link.Protocol);
    }

    public static Mtu MtuOf(UpstreamPath.Tunnel tunnel, SiteInterface underlay) =>
        tunnel.Mtu?.Value ?? TunnelOverhead.Within(underlay.UnderlayMtu, tunnel.Protocol);

    private static SiteInterface? WithIpv4(SiteInterface? candidate) =>
        candidate?.Ipv4 is null ? null : candidate;
}
