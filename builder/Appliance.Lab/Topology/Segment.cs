using System.Net;
using Appliance.Rendering.Documents;
using AddressFamily = System.Net.Sockets.AddressFamily;

namespace Appliance.Lab.Topology;

/// <summary>An interface of a site.</summary>
internal sealed record Attachment(SiteDocument Site, InterfaceDocument Interface);

/// <summary>A link that interfaces of sites share, because their prefixes overlap: one switch in the world.</summary>
internal sealed class Segment(int number, IReadOnlyList<Attachment> members)
{
    /// <summary>The switch's device.</summary>
    public string Bridge { get; } = $"seg{number}";

    public int Number { get; } = number;

    public IReadOnlyList<Attachment> Members { get; } = members;

    /// <summary>The prefixes that are on the link.</summary>
    public IReadOnlyList<IPNetwork> Prefixes { get; } =
    [.. members.SelectMany(member => PrefixesOf(member.Interface)).Distinct()];

    /// <summary>Addresses that sites send to what they have no other route for.</summary>
    public IReadOnlyList<IPAddress> Gateways { get; } =
    [
        .. members
            .SelectMany(member => new[] { member.Interface.Gateway4, member.Interface.Gateway6 })
            .OfType<string>()
            .Select(IPAddress.Parse)
            .Distinct(),
    ];

    public int? Mtu { get; } = members.Max(member => member.Interface.Mtu);

    /// <summary>The prefix of the link that an address lies in, or null.</summary>
    public IPNetwork? PrefixOf(IPAddress address) =>
        Prefixes
            .Where(prefix => prefix.Contains(address))
            .Select(prefix => (IPNetwork?)prefix)
            .FirstOrDefault();

    /// <summary>An address as a device on this link has it; link-local ones have their own length.</summary>
    public LabAddress? OnLink(IPAddress address) =>
        address.IsIPv6LinkLocal ? new LabAddress(address, 64)
        : PrefixOf(address) is { } prefix ? new LabAddress(address, prefix.PrefixLength)
        : null;

    /// <summary>Groups the interfaces of all sites.</summary>
    public static IReadOnlyList<Segment> Of(IEnumerable<SiteDocument> sites)
    {
        var groups = new List<List<Attachment>>();
        foreach (
            var item in sites.SelectMany(site =>
                site.Interfaces.Select(device => new Attachment(site, device))
            )
        )
        {
            var prefixes = PrefixesOf(item.Interface).ToList();
            var touching = groups
                .Where(group => group.Any(other => Overlap(prefixes, PrefixesOf(other.Interface))))
                .ToList();
            groups.RemoveAll(touching.Contains);
            groups.Add([.. touching.SelectMany(group => group), item]);
        }

        return [.. groups.Select((group, number) => new Segment(number, group))];
    }

    private static IEnumerable<IPNetwork> PrefixesOf(InterfaceDocument device) =>
        new[] { device.Ipv4, device.Ipv6 }.OfType<string>().Select(AddressText.NetworkOf);

    private static bool Overlap(IEnumerable<IPNetwork> these, IEnumerable<IPNetwork> those) =>
        these.Any(one =>
            those.Any(other =>
                SameFamily(one, other)
                && (one.Contains(other.BaseAddress) || other.Contains(one.BaseAddress))
            )
        );

    private static bool SameFamily(IPNetwork one, IPNetwork other) =>
        one.BaseAddress.AddressFamily == other.BaseAddress.AddressFamily
        && one.BaseAddress.AddressFamily
            is AddressFamily.InterNetwork
                or AddressFamily.InterNetworkV6;
}
