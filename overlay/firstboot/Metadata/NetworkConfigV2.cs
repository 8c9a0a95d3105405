using Appliance.FirstBoot.Yaml;

namespace Appliance.FirstBoot.Metadata;

/// <summary>Version 2, which is netplan's: mappings by kind and name.</summary>
internal static class NetworkConfigV2
{
    private static readonly string[] Known = ["version", "renderer", "ethernets"];

    public static Facts Read(YamlNode network)
    {
        var ethernets = network.Find("ethernets") as YamlMapping;
        var entries = ethernets?.Entries ?? [];
        return new Facts
        {
            Interfaces = [.. entries.Select(entry => ReadEthernet(entry.Key, entry.Value))],
            Nameservers =
            [
                .. entries
                    .SelectMany(entry =>
                        entry.Value.Find("nameservers")?.ItemsOf("addresses") ?? []
                    )
                    .Select(node => PlainText.Host(node.Text))
                    .OfType<string>()
                    .Distinct(),
            ],
            Ignored =
            [
                .. ((network as YamlMapping)?.Keys ?? [])
                    .Where(key => !Known.Contains(key))
                    .Select(key => $"network configuration: {PlainText.Shown(key)}"),
                .. entries
                    .SelectMany(entry => entry.Value.ItemsOf("routes"))
                    .Where(route => !IsDefault(route))
                    .Select(_ => "network configuration: a route that is no default route"),
            ],
        };
    }

    private static InterfaceFacts ReadEthernet(string name, YamlNode node)
    {
        var match = node.Find("match");
        return new InterfaceFacts
        {
            Name = match?.TextOf("name") ?? (match is null ? name : null),
            Mac = PlainText.Mac(match?.TextOf("macaddress") ?? node.TextOf("macaddress")),
            Dhcp4 = node.Find("dhcp4") is YamlScalar { Boolean: true },
            Addresses = [.. node.ItemsOf("addresses").Select(Address).OfType<string>()],
            Gateway4 = Gateway(node, "gateway4", isIpv6: false),
            Gateway6 = Gateway(node, "gateway6", isIpv6: true),
            Mtu = PlainText.Mtu(node.TextOf("mtu")),
        };
    }

    /// <summary>Text, or a mapping whose one key is the address and whose value are options.</summary>
    private static string? Address(YamlNode node) =>
        PlainText.Address(
            node is YamlMapping { Entries: [var entry, ..] } ? entry.Key : node.Text,
            length: null
        );

    private static string? Gateway(YamlNode node, string key, bool isIpv6) =>
        PlainText.Host(node.TextOf(key))
        ?? node.ItemsOf("routes")
            .Where(IsDefault)
            .Select(route => PlainText.Host(route.TextOf("via")))
            .FirstOrDefault(via => via is not null && PlainText.IsIpv6(via) == isIpv6);

    private static bool IsDefault(YamlNode route) =>
        route.TextOf("to") is "default" or "0.0.0.0/0" or "::/0" or "0/0";
}
