using System.Globalization;
using Appliance.Model.Networks;
using Appliance.Model.Values;

namespace Appliance.Model.Derived;

/// <summary>
/// The tunnel devices of one site. They are counted per kind, links in list order first, then upstreams in file
/// order: appending a link to the list renames no device of another link.
/// </summary>
internal sealed class TunnelDerivation(Network network, Site site)
{
    private readonly Dictionary<TunnelProtocol, int> counts = [];

    public List<DerivedTunnel> All()
    {
        var tunnels = new List<DerivedTunnel>();
        foreach (var link in network.Links.Where(link => link.Joins(site.Name)))
        {
            tunnels.Add(FromLink(link));
        }

        foreach (var upstream in site.Upstreams)
        {
            if (upstream.Over is UpstreamPath.Tunnel tunnel)
            {
                tunnels.Add(FromUpstream(upstream, tunnel));
            }
        }

        return tunnels;
    }

    private DerivedTunnel FromLink(Link link)
    {
        var far =
            network.FindSite(link.FarEnd(site.Name))
            ?? throw new InvalidOperationException(
                $"{link.At.Path}: the link's far end is no site"
            );
        var here = Underlay(TunnelUnderlay.Of(site, link), link.At.Path);
        var there = Underlay(TunnelUnderlay.Of(far, link), link.At.Path);
        var (first, second) = LinkAddresses.Of(network.LinkPrefix!.Value, link.Number.Value);
        var isFirst = link.First.Value == site.Name;
        return new DerivedTunnel
        {
            Device = NextDevice(link.Protocol),
            Protocol = link.Protocol,
            Peer = far.Name.Text,
            IsUpstream = false,
            IsTransit = site.Role == Role.Edge && far.Role == Role.Edge,
            Over = here.Name.Text,
            OuterLocal = here.Ipv4!.Value.Address,
            OuterRemote = there.Ipv4!.Value.Address,
            TunnelFib = 0,
            Fib = site.Role == Role.Downstream ? Derivation.AnnouncedFib : 0,
            Mtu = TunnelUnderlay.MtuOf(link, here, there),
            InnerLocal = isFirst ? first : second,
            InnerRemote = (isFirst ? second : first).Address,
        };
    }

    private DerivedTunnel FromUpstream(Upstream upstream, UpstreamPath.Tunnel tunnel)
    {
        var here = Underlay(TunnelUnderlay.Of(site, tunnel), tunnel.At.Path);
        return new DerivedTunnel
        {
            Device = NextDevice(tunnel.Protocol),
            Protocol = tunnel.Protocol,
            Peer = upstream.Name.Text,
            IsUpstream = true,
            Over = here.Name.Text,
            OuterLocal = tunnel.Local?.Value ?? here.Ipv4!.Value.Address,
            OuterRemote = tunnel.Remote.Value,
            TunnelFib = tunnel.TunnelFib?.Value ?? 0,
            Fib = 0,
            Mtu = TunnelUnderlay.MtuOf(tunnel, here),
            InnerLocal = tunnel.Address.Value,
            InnerRemote = upstream.Neighbor.Value,
        };
    }

    private string NextDevice(TunnelProtocol protocol)
    {
        var number = counts.GetValueOrDefault(protocol);
        counts[protocol] = number + 1;
        var name = protocol == TunnelProtocol.Gif ? "gif" : "gre";
        return name + number.ToString(CultureInfo.InvariantCulture);
    }

    private static SiteInterface Underlay(SiteInterface? found, string path) =>
        found
        ?? throw new InvalidOperationException(
            $"{path}: no interface with IPv4 carries the tunnel"
        );
}
