using System.Net;
using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Metadata;

namespace Appliance.FirstBoot.Merging;

/// <summary>
/// What of a provider's word on one interface is configured: a document has one address of each family and interface.
/// </summary>
internal sealed record AddressChoice
{
    /// <summary>With prefix length; null where DHCP configures IPv4, or nothing does.</summary>
    public string? Ipv4 { get; private init; }

    public string? Gateway4 { get; private init; }

    public string? Ipv6 { get; private init; }

    public string? Gateway6 { get; private init; }

    public bool Dhcp4 { get; private init; }

    /// <summary>Nothing but a router on the link can say where IPv6 leads.</summary>
    public bool RouterAdvertisements { get; private init; }

    public bool IsEmpty => Ipv4 is null && Ipv6 is null && !Dhcp4;

    public static AddressChoice Of(InterfaceFacts known)
    {
        var ipv4 = known.Dhcp4 ? null : Best(known, known.Gateway4, isIpv6: false);
        var ipv6 = Best(known, known.Gateway6, isIpv6: true);
        var gateway6 = ipv6 is null ? null : known.Gateway6;
        return new AddressChoice
        {
            Ipv4 = ipv4,
            Gateway4 = ipv4 is null ? null : known.Gateway4,
            Ipv6 = ipv6,
            Gateway6 = gateway6,
            Dhcp4 = known.Dhcp4,
            RouterAdvertisements =
                gateway6 is null && (known.RouterAdvertisements ?? ipv6 is not null),
        };
    }

    /// <summary>An MTU below Ethernet's; a card may refuse a larger one, and ifconfig(8) sets no address then.</summary>
    public static int? MtuOf(InterfaceFacts known) => known.Mtu is < EthernetMtu ? known.Mtu : null;

    /// <summary>
    /// What of the provider's word is not configured, for the record. DHCP hands out the first address of IPv4.
    /// </summary>
    /// <param name="device">Where it belongs.</param>
    /// <param name="known">The provider's word.</param>
    /// <param name="configured">Addresses that the machine gets, with or without length.</param>
    /// <param name="mtu">That the machine sets.</param>
    public static IEnumerable<string> NotApplied(
        string device,
        InterfaceFacts known,
        IReadOnlyList<string?> configured,
        int? mtu
    )
    {
        var hosts = configured.OfType<string>().Select(text => Cidr.Parse(text).Address).ToList();
        var leased = known.Dhcp4
            ? known.Addresses.FirstOrDefault(text => !PlainText.IsIpv6(text))
            : null;
        foreach (
            var address in known.Addresses.Where(text =>
                text != leased && !hosts.Contains(Cidr.Parse(text).Address)
            )
        )
        {
            yield return $"{device}: the further address {address} is not configured";
        }

        if (known.Mtu is { } wanted && mtu is null && wanted != EthernetMtu)
        {
            yield return $"{device}: the MTU {wanted} is not set: a card may refuse more than {EthernetMtu}";
        }
    }

    private const int EthernetMtu = 1500;

    /// <summary>The address that reaches the gateway directly; else the first one.</summary>
    private static string? Best(InterfaceFacts known, string? gateway, bool isIpv6)
    {
        var all = known.Addresses.Where(text => PlainText.IsIpv6(text) == isIpv6).ToList();
        return gateway is null
            ? all.FirstOrDefault()
            : all.Find(text => Cidr.Parse(text).Contains(IPAddress.Parse(gateway)))
                ?? all.FirstOrDefault();
    }
}
