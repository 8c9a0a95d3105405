using Appliance.FirstBoot.Yaml;

namespace Appliance.FirstBoot.Metadata;

/// <summary>Version 1: a list of things with a type.</summary>
internal static class NetworkConfigV1
{
    public static Facts Read(YamlNode network)
    {
        var facts = new Facts();
        foreach (var item in network.ItemsOf("config"))
        {
            facts = item.TextOf("type") switch
            {
                "physical" => facts with { Interfaces = [.. facts.Interfaces, ReadPhysical(item)] },
                "nameserver" => facts with
                {
                    Nameservers = [.. facts.Nameservers, .. Hosts(item.ItemsOf("address"))],
                },
                "loopback" => facts,
                var type => facts with
                {
                    Ignored =
                    [
                        .. facts.Ignored,
                        $"network configuration: {PlainText.Shown(type ?? "an entry without type")}",
                    ],
                },
            };
        }

        var subnets = network
            .ItemsOf("config")
            .SelectMany(item => item.ItemsOf("subnets"))
            .ToList();
        return facts with
        {
            Nameservers =
            [
                .. facts.Nameservers,
                .. subnets
                    .SelectMany(subnet => Hosts(subnet.ItemsOf("dns_nameservers")))
                    .Distinct(),
            ],
            Ignored = [.. facts.Ignored, .. Unknown(subnets)],
        };
    }

    private static InterfaceFacts ReadPhysical(YamlNode item)
    {
        var facts = new InterfaceFacts
        {
            Name = item.TextOf("name"),
            Mac = PlainText.Mac(item.TextOf("mac_address")),
            Mtu = PlainText.Mtu(item.TextOf("mtu")),
        };
        return item.ItemsOf("subnets").Aggregate(facts, WithSubnet);
    }

    private static InterfaceFacts WithSubnet(InterfaceFacts facts, YamlNode subnet)
    {
        if (subnet.TextOf("type") is "dhcp" or "dhcp4")
        {
            return facts with { Dhcp4 = true };
        }

        var address = PlainText.Address(
            subnet.TextOf("address"),
            subnet.TextOf("netmask") ?? subnet.TextOf("prefix")
        );
        if (address is null)
        {
            return facts;
        }

        var gateway =
            PlainText.Host(subnet.TextOf("gateway"))
            ?? DefaultRoute(subnet.ItemsOf("routes"), address);
        facts = facts with { Addresses = [.. facts.Addresses, address] };
        return gateway is null ? facts
            : PlainText.IsIpv6(gateway) ? facts with { Gateway6 = facts.Gateway6 ?? gateway }
            : facts with { Gateway4 = facts.Gateway4 ?? gateway };
    }

    private static string? DefaultRoute(IReadOnlyList<YamlNode> routes, string address) =>
        routes
            .Where(route => IsDefault(route))
            .Select(route => PlainText.Host(route.TextOf("gateway")))
            .FirstOrDefault(gateway =>
                gateway is not null && PlainText.IsIpv6(gateway) == PlainText.IsIpv6(address)
            );

    private static bool IsDefault(YamlNode route) =>
        (
            route.TextOf("network") ?? route.TextOf("destination"),
            route.TextOf("netmask") ?? route.TextOf("prefix")
        )
            is
                ("0.0.0.0/0" or "::/0" or "default", _)
                or
                ("0.0.0.0" or "::", "0.0.0.0" or "::" or "0");

    private static IEnumerable<string> Unknown(List<YamlNode> subnets) =>
        subnets
            .Where(subnet =>
                subnet.TextOf("type") is "static" or "static6" or null
                && PlainText.Address(
                    subnet.TextOf("address"),
                    subnet.TextOf("netmask") ?? subnet.TextOf("prefix")
                )
                    is null
            )
            .Select(_ => "network configuration: a static subnet without address and length")
            .Concat(
                subnets
                    .SelectMany(subnet => subnet.ItemsOf("routes"))
                    .Where(route => !IsDefault(route))
                    .Select(_ => "network configuration: a route that is no default route")
            );

    private static IEnumerable<string> Hosts(IEnumerable<YamlNode> nodes) =>
        nodes
            .SelectMany(node => node.Items)
            .Select(node => PlainText.Host(node.Text))
            .OfType<string>();
}
