using Appliance.Model.Derived;
using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>A prefix that a site is connected to: of an interface, of a tunnel, or a loopback address.</summary>
/// <param name="Prefix">Of the link.</param>
/// <param name="At">Where it is written.</param>
/// <param name="What">What has it.</param>
/// <param name="Site">The machine.</param>
/// <param name="Address">The machine's own address.</param>
internal sealed record ConnectedSpace(
    IpPrefix Prefix,
    SourceLocation At,
    string What,
    Site Site,
    IpAddress Address
) : OccupiedSpace(Prefix, At, What)
{
    private const string Loopback = "the loopback";

    public bool IsLoopback => What == Loopback;

    /// <summary>The interface; null of a tunnel and a loopback address.</summary>
    public SiteInterface? Interface { get; init; }

    /// <summary>It is a tunnel to a neighbor that is no site of ours.</summary>
    public bool IsUpstreamTunnel { get; init; }

    /// <summary>It is a link to another site; two with one prefix have one number, which has a finding of its own.</summary>
    public bool IsSiteLink => Interface is null && !IsUpstreamTunnel && !IsLoopback;

    /// <summary>The same address elsewhere has a finding of its own.</summary>
    public bool IsUnique { get; init; }

    /// <summary>What a site is connected to in FIB 0. A downstream's link is in its other FIB.</summary>
    public static IEnumerable<ConnectedSpace> Of(Network network, Site site, List<Link> links) =>
        [
            .. site.Interfaces.SelectMany(item => OfInterface(site, item)),
            .. site.Upstreams.SelectMany(upstream => OfUpstream(site, upstream)),
            .. site.Loopbacks.Select(loopback => Alone(site, loopback)),
            .. site.Role == Role.Edge ? links.SelectMany(link => OfLink(network, site, link)) : [],
        ];

    private static IEnumerable<ConnectedSpace> OfInterface(Site site, SiteInterface item)
    {
        foreach (
            var (address, gateway) in new[]
            {
                (item.Ipv4, item.Gateway4),
                (item.Ipv6, item.Gateway6),
            }
        )
        {
            if (address is not null)
            {
                yield return Make(site, address, $"interface {item.Name}") with
                {
                    Interface = item,
                    IsUnique = !UniqueAddressValidation.IsInternal(address.Value, gateway),
                };
            }
        }
    }

    private static IEnumerable<ConnectedSpace> OfUpstream(Site site, Upstream upstream) =>
        upstream.Over is UpstreamPath.Tunnel tunnel
            ?
            [
                Make(site, tunnel.Address, $"the tunnel to {upstream.Name}") with
                {
                    IsUpstreamTunnel = true,
                    IsUnique = true,
                },
            ]
            : [];

    private static ConnectedSpace Alone(Site site, Located<IpAddress> loopback) =>
        Make(
            site,
            new Located<InterfaceAddress>(
                new InterfaceAddress(loopback.Value, loopback.Value.Width),
                loopback.At
            ),
            Loopback
        );

    private static IEnumerable<ConnectedSpace> OfLink(Network network, Site site, Link link)
    {
        if (
            network.LinkPrefix is not { } prefix
            || (UInt128)link.Number.Value > LinkAddresses.HighestNumber(prefix.Value)
        )
        {
            return [];
        }

        var (first, second) = LinkAddresses.Of(prefix.Value, link.Number.Value);
        var own = link.First.Value == site.Name ? first : second;
        return
        [
            Make(
                site,
                new Located<InterfaceAddress>(own, link.At),
                $"the link to {link.FarEnd(site.Name)}"
            ),
        ];
    }

    private static ConnectedSpace Make(Site site, Located<InterfaceAddress> address, string what) =>
        new(address.Value.Prefix, address.At, what, site, address.Value.Address);
}
