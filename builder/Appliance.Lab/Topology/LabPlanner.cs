using System.Net;
using Appliance.Rendering;
using Appliance.Rendering.Documents;

namespace Appliance.Lab.Topology;

/// <summary>
/// Lays out a network on one machine. Sites whose interfaces share a prefix share a switch; every neighbor of an edge
/// is a node of its own, on the switch of its address or behind a tunnel; the world joins all switches and neighbors.
/// </summary>
public static class LabPlanner
{
    /// <param name="name">Of the lab.</param>
    /// <param name="documents">All sites of one network.</param>
    /// <param name="virtualMachines">Sites that run as virtual machines.</param>
    /// <exception cref="LabException">Something of the network has no counterpart in a lab.</exception>
    public static LabPlan Plan(
        string name,
        IReadOnlyList<SiteDocument> documents,
        IReadOnlyCollection<string>? virtualMachines = null
    )
    {
        LabNames.Checked(name);
        ArgumentNullException.ThrowIfNull(documents);
        Refuse(documents);
        var caches = new CachePlan(documents);
        var stations = new StationPlan(caches.Documents, caches.Servers);
        var sites = stations.Documents;
        var layout = new Layout(
            name,
            sites,
            Segment.Of(sites),
            sites.ToDictionary(
                site => site.Site,
                site => DeviceNames(site, virtualMachines?.Contains(site.Site) == true)
            ),
            virtualMachines ?? []
        );
        var upstreams = UpstreamPlan.Of(layout);
        PlannedNode[] services =
        [
            .. new[]
            {
                caches.Node(layout, upstreams.Count),
                stations.Node(layout, upstreams.Count + 1),
            }.OfType<PlannedNode>(),
        ];
        return new LabPlan
        {
            Name = name,
            Nodes =
            [
                WorldPlan.Node(layout, upstreams, services),
                .. services.Select(service => service.Node),
                .. upstreams.Select(upstream => upstream.Node),
                .. sites.Select((site, number) => SitePlan.Node(layout, site, number, upstreams)),
            ],
            Sessions = [.. upstreams.Select(upstream => upstream.Session)],
            Caches = caches.Servers,
            Stations = stations.Stations,
            Documents = sites,
            DeviceNames = layout.Devices.ToDictionary(
                pair => pair.Key,
                pair => (IReadOnlyDictionary<string, string>)pair.Value
            ),
        };
    }

    /// <summary>
    /// What the rendered files call the interfaces; where only the machine knows, a name of ours, or the name that the card
    /// of a virtual machine will get.
    /// </summary>
    private static Dictionary<string, string> DeviceNames(SiteDocument site, bool isVirtual)
    {
        var predicted = InterfaceNames.Predict(site);
        return site
            .Interfaces.Select((device, number) => (device.Name, number))
            .ToDictionary(
                item => item.Name,
                item =>
                    predicted.IsPlaceholder(item.Name)
                        ? $"{(isVirtual ? "vtnet" : "net")}{item.number}"
                        : predicted.Find(item.Name)!,
                StringComparer.Ordinal
            );
    }

    private static void Refuse(IReadOnlyList<SiteDocument> documents)
    {
        foreach (var site in documents)
        {
            if (site.Tunnels.FirstOrDefault(tunnel => tunnel.TunnelFib != 0) is { } tunnel)
            {
                throw new LabException(
                    LabFault.BadRequest,
                    $"{tunnel.Device} of {site.Site} routes its outer packets in FIB {tunnel.TunnelFib}; a lab has FIB 0 for them only"
                );
            }
        }
    }
}

/// <summary>What all parts of a plan are made from.</summary>
/// <param name="Devices">By site: the device behind each interface.</param>
internal sealed record Layout(
    string Lab,
    IReadOnlyList<SiteDocument> Sites,
    IReadOnlyList<Segment> Segments,
    IReadOnlyDictionary<string, Dictionary<string, string>> Devices,
    IReadOnlyCollection<string> VirtualMachines
)
{
    public Segment SegmentOf(SiteDocument site, string interfaceName) =>
        Segments.First(segment =>
            segment.Members.Any(member =>
                member.Site.Site == site.Site && member.Interface.Name == interfaceName
            )
        );

    /// <summary>The switch whose link an address lies on, or null.</summary>
    public Segment? SegmentWith(IPAddress address) =>
        Segments.FirstOrDefault(segment => segment.PrefixOf(address) is not null);

    public string Namespace(string node) => LabNames.Namespace(Lab, node);
}
