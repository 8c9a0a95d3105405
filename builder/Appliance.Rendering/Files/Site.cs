using System.Net;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Network;
using Appliance.Rendering.Validation;

namespace Appliance.Rendering.Files;

/// <summary>A checked document together with what the machine adds to it; what files are made from.</summary>
internal sealed class Site
{
    private readonly Dictionary<string, string> devices;

    /// <exception cref="RenderingException">A field is malformed, or an interface has no device.</exception>
    public Site(SiteDocument document, InterfaceNames names, Secrets secrets)
    {
        DocumentValidation.Check(document);
        Document = document;
        Secrets = secrets;
        devices = document.Interfaces.ToDictionary(
            item => item.Name,
            item => FindDevice(item.Name, names),
            StringComparer.Ordinal
        );
        foreach (var tunnel in document.Tunnels.Where(item => names.Find(item.Device) is not null))
        {
            devices[tunnel.Device] = FindDevice(tunnel.Device, names);
        }

        OwnPrefixes = [.. document.Prefixes.Select(IPNetwork.Parse)];
    }

    public SiteDocument Document { get; }

    public Secrets Secrets { get; }

    public IReadOnlyList<IPNetwork> OwnPrefixes { get; }

    /// <summary>Packets are forwarded: always on an edge; on a host when its addresses lie on a bridge.</summary>
    public bool Forwards => SiteForwarding.Ipv6(Document);

    /// <summary>It speaks BGP, and has what does it.</summary>
    public bool RunsFrr => Document is { System.Frr: true, Bgp: not null };

    /// <summary>The device of a physical interface.</summary>
    public string DeviceOf(InterfaceDocument item) => devices[item.Name];

    /// <summary>The device of an interface, or of a tunnel: its own name unless this machine has another for it.</summary>
    public string DeviceOver(string over) => devices.GetValueOrDefault(over, over);

    /// <summary>Devices of all physical interfaces, in the order of the document.</summary>
    public IEnumerable<string> PhysicalDevices => Document.Interfaces.Select(DeviceOf);

    /// <summary>Tunnels to other sites of the AS.</summary>
    public IEnumerable<TunnelDocument> SiteTunnels =>
        Document.Tunnels.Where(item => !item.Upstream);

    /// <summary>Tunnels to upstreams; the far end is not ours.</summary>
    public IEnumerable<TunnelDocument> UpstreamTunnels =>
        Document.Tunnels.Where(item => item.Upstream);

    /// <summary>
    /// The address that talks to a neighbor reached over an interface or a tunnel; null on an interface
    /// whose address comes by DHCP.
    /// </summary>
    public string? LocalAddress(string over, bool ipv6)
    {
        var tunnel = Document.Tunnels.FirstOrDefault(item => item.Device == over);
        if (tunnel is not null)
        {
            return ipv6 ? Addresses.WithoutLength(tunnel.InnerLocal) : null;
        }

        var item = Document.Interfaces.First(candidate => candidate.Name == over);
        var address = ipv6 ? item.Ipv6 : item.Ipv4;
        return address is null ? null : Addresses.WithoutLength(address);
    }

    /// <summary>
    /// The prefix of the link that a neighbor is reached over; null on an interface whose address comes by DHCP.
    /// </summary>
    public IPNetwork? LinkOf(string over, bool ipv6)
    {
        var tunnel = Document.Tunnels.FirstOrDefault(item => item.Device == over);
        var item = Document.Interfaces.FirstOrDefault(item => item.Name == over);
        var address = tunnel?.InnerLocal ?? (ipv6 ? item?.Ipv6 : item?.Ipv4);
        return address is null ? null : Addresses.NetworkOf(address);
    }

    /// <summary>Prefixes whose packets may come out of a tunnel: its own link, and what is routed into it.</summary>
    public IReadOnlyList<string> PrefixesBehind(TunnelDocument tunnel) =>
        [
            Addresses.NetworkOf(tunnel.InnerLocal).ToString(),
            .. Document
                .Routes.Where(route =>
                    route.Via == tunnel.InnerRemote && route.Destination != "default"
                )
                .Select(route => route.Destination),
        ];

    private static string FindDevice(string interfaceName, InterfaceNames names)
    {
        var device =
            names.Find(interfaceName)
            ?? throw new RenderingException(
                $"interface {interfaceName}",
                "no device was found for it; check its match against ifconfig(8)"
            );
        if (!names.IsPlaceholder(interfaceName) && !Grammar.IsDevice(device))
        {
            throw new RenderingException(
                $"interface {interfaceName}",
                "its device has no valid name"
            );
        }

        return device;
    }
}
