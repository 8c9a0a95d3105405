using System.Net;

namespace Appliance.Lab.Topology;

/// <summary>A node that sites only know by its addresses: on a link of theirs where one lies there, else beyond the world.</summary>
internal static class FarNode
{
    /// <summary>Addresses of hosts, by what files call them.</summary>
    /// <param name="named">The address that stands for a name, by how many hosts came before.</param>
    public static Dictionary<string, IPAddress> Addresses(
        IEnumerable<string> hosts,
        Func<int, IPAddress> named
    )
    {
        var addresses = new Dictionary<string, IPAddress>(StringComparer.Ordinal);
        foreach (var host in hosts.Distinct(StringComparer.Ordinal))
        {
            addresses[host] = IPAddress.TryParse(host, out var address)
                ? address
                : named(addresses.Count);
        }

        return addresses;
    }

    /// <param name="number">Of its cable.</param>
    public static PlannedNode Of(
        Layout layout,
        int number,
        string name,
        LabNodeKind kind,
        IReadOnlyCollection<IPAddress> addresses
    )
    {
        var segment = addresses
            .Select(layout.SegmentWith)
            .FirstOrDefault(found => found is not null);
        var onLink = addresses.Where(address => segment?.PrefixOf(address) is not null).ToList();
        return new(
            number,
            new LabNode
            {
                Name = name,
                Kind = kind,
                Namespace = layout.Namespace(name),
                Devices =
                [
                    PlannedNode.ToWorld(number),
                    .. segment is null
                        ? Array.Empty<LabDevice>()
                        :
                        [
                            PlannedNode.ToSegment(
                                segment,
                                number,
                                [.. onLink.Select(address => segment.OnLink(address)!)]
                            ),
                        ],
                ],
                Loopbacks = [.. addresses.Except(onLink)],
                Routes = PlannedNode.Defaults(number),
            },
            segment
        );
    }
}
