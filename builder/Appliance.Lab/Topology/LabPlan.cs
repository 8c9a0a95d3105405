using System.Net;
using Appliance.Rendering.Documents;

namespace Appliance.Lab.Topology;

/// <summary>The whole lab as data: made from site documents alone, it says everything that will be made.</summary>
public sealed record LabPlan
{
    public required string Name { get; init; }

    /// <summary>The world, the caches, the stations, then upstreams, then sites.</summary>
    public required IReadOnlyList<LabNode> Nodes { get; init; }

    public required IReadOnlyList<LabSession> Sessions { get; init; }

    /// <summary>RPKI-to-Router servers that sites ask.</summary>
    public required IReadOnlyList<IPEndPoint> Caches { get; init; }

    /// <summary>BMP stations that edges speak to.</summary>
    public IReadOnlyList<LabStation> Stations { get; init; } = [];

    /// <summary>
    /// The sites' documents as the lab renders them: names of RPKI caches and BMP stations are replaced by the addresses
    /// of <see cref="Caches"/> and <see cref="Stations"/>.
    /// </summary>
    public required IReadOnlyList<SiteDocument> Documents { get; init; }

    /// <summary>The device behind each interface of a site, as the rendered files name it.</summary>
    public required IReadOnlyDictionary<
        string,
        IReadOnlyDictionary<string, string>
    > DeviceNames { get; init; }

    public LabNode World => Nodes.First(node => node.Kind == LabNodeKind.World);

    public LabNode Node(string name) => Nodes.First(node => node.Name == name);

    public SiteDocument Document(string site) => Documents.First(document => document.Site == site);
}
