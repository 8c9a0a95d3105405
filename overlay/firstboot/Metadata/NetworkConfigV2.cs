using Appliance.FirstBoot.Yaml;

namespace Appliance.FirstBoot.Metadata;

/// <summary>Version 2, which is netplan's: mappings by kind and name.</summary>
internal static class NetworkConfigV2
{
    private static readonly string[] Known = ["version", "renderer", "ethernets"];

    /// <summary>Keys of an interface that are read, or that ask for nothing on a router.</summary>
    private static readonly string[] KnownOfInterface =
    [
        "match",
        "set-name",
        "macaddress",
        "addresses",
        "gateway4",
        "gateway6",
        "routes",
        "nameservers",
        "mtu",
        "dhcp4",
        "dhcp6",
        "accept-ra",
        "dhcp4-overrides",
        "dhcp6-overrides",
        "dhcp-identifier",
        "link-local",
        "optional",
        "critical",
        "renderer",
        "wakeonlan",
    ];

    public static Facts Read(YamlNode network)
    {
        var judge = new ValueJudge(NetworkConfig.Source);
        var entries = (network.Find("ethernets") as YamlMapping)?.Entries ?? [];
        foreach (
            var key in ((network as YamlMapping)?.Keys ?? []).Where(key => !Known.Contains(key))
        )
        {
            judge.Ignore(PlainText.Shown(key));
        }

        return new Facts
        {
            Interfaces = [.. entries.Select(entry => ReadEthernet(judge, entry.Key, entry.Value))],
            Nameservers =
            [
                .. judge
                    .Hosts(
                        "nameservers",
                        entries.SelectMany(entry =>
                            entry.Value.Find("nameservers")?.ItemsOf("addresses") ?? []
                        )
                    )
                    .Distinct(),
            ],
            Ignored = judge.Ignored,
        };
    }

    private static InterfaceFacts ReadEthernet(ValueJudge judge, string name, YamlNode node)
    {
        RecordUnknown(judge, node);
        var match = node.Find("match");
        return new InterfaceFacts
        {
            Name = match?.TextOf("name") ?? (match is null ? name : null),
            Mac = judge.Mac("macaddress", match?.TextOf("macaddress") ?? node.TextOf("macaddress")),
            Dhcp4 = node.Find("dhcp4") is YamlScalar { Boolean: true },
            RouterAdvertisements = ReadAdvertisements(judge, node),
            Addresses =
            [
                .. node.ItemsOf("addresses").Select(item => Address(judge, item)).OfType<string>(),
            ],
            Gateway4 = Gateway(judge, node, "gateway4", isIpv6: false),
            Gateway6 = Gateway(judge, node, "gateway6", isIpv6: true),
            Mtu = judge.Mtu("mtu", node.TextOf("mtu")),
        };
    }

    private static void RecordUnknown(ValueJudge judge, YamlNode node)
    {
        foreach (
            var key in ((node as YamlMapping)?.Keys ?? []).Where(key =>
                !KnownOfInterface.Contains(key)
            )
        )
        {
            judge.Ignore($"ethernets: {PlainText.Shown(key)}");
        }

        foreach (var route in node.ItemsOf("routes").Where(route => !IsDefault(route)))
        {
            judge.Ignore("a route that is no default route");
        }
    }

    private static bool? ReadAdvertisements(ValueJudge judge, YamlNode node)
    {
        if (node.Find("dhcp6") is YamlScalar { Boolean: true })
        {
            judge.Ignore($"dhcp6: {AutomaticIpv6.Note}");
            return true;
        }

        return (node.Find("accept-ra") as YamlScalar)?.Boolean;
    }

    /// <summary>Text, or a mapping whose one key is the address and whose value are options.</summary>
    private static string? Address(ValueJudge judge, YamlNode node) =>
        judge.Address(
            "addresses",
            node is YamlMapping { Entries: [var entry, ..] } ? entry.Key
                : node is YamlSequence ? "a list"
                : node.Text,
            length: null
        );

    private static string? Gateway(ValueJudge judge, YamlNode node, string key, bool isIpv6) =>
        judge.Host(key, node.TextOf(key), isIpv6)
        ?? node.ItemsOf("routes")
            .Where(route => IsDefault(route) && IsOfFamily(route, isIpv6))
            .Select(route => judge.Host("routes.via", route.TextOf("via"), isIpv6))
            .FirstOrDefault(via => via is not null);

    private static bool IsDefault(YamlNode route) =>
        route.TextOf("to") is "default" or "0.0.0.0/0" or "::/0" or "0/0";

    /// <summary>"default" is of the family of its gateway.</summary>
    private static bool IsOfFamily(YamlNode route, bool isIpv6) =>
        PlainText.IsIpv6(
            (route.TextOf("to") == "default" ? route.TextOf("via") : route.TextOf("to")) ?? ""
        ) == isIpv6;
}
