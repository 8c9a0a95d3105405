using Appliance.FirstBoot.Yaml;

namespace Appliance.FirstBoot.Metadata;

/// <summary>Version 1: a list of things with a type.</summary>
internal static class NetworkConfigV1
{
    public static Facts Read(YamlNode network)
    {
        var judge = new ValueJudge(NetworkConfig.Source);
        var interfaces = new List<InterfaceFacts>();
        var resolvers = new List<string>();
        foreach (var item in network.ItemsOf("config"))
        {
            switch (item.TextOf("type"))
            {
                case "physical":
                    interfaces.Add(ReadPhysical(judge, item));
                    break;
                case "nameserver":
                    resolvers.AddRange(judge.Hosts("address", item.ItemsOf("address")));
                    break;
                case "loopback":
                    break;
                case var type:
                    judge.Ignore(PlainText.Shown(type ?? "an entry without type"));
                    break;
            }
        }

        foreach (
            var subnet in network.ItemsOf("config").SelectMany(item => item.ItemsOf("subnets"))
        )
        {
            resolvers.AddRange(judge.Hosts("dns_nameservers", subnet.ItemsOf("dns_nameservers")));
        }

        return new Facts
        {
            Interfaces = interfaces,
            Nameservers = [.. resolvers.Distinct()],
            Ignored = judge.Ignored,
        };
    }

    private static InterfaceFacts ReadPhysical(ValueJudge judge, YamlNode item)
    {
        var facts = new InterfaceFacts
        {
            Name = item.TextOf("name"),
            Mac = judge.Mac("mac_address", item.TextOf("mac_address")),
            Mtu = judge.Mtu("mtu", item.TextOf("mtu")),
        };
        return item.ItemsOf("subnets")
            .Aggregate(facts, (known, subnet) => WithSubnet(judge, known, subnet));
    }

    private static InterfaceFacts WithSubnet(
        ValueJudge judge,
        InterfaceFacts facts,
        YamlNode subnet
    )
    {
        RecordRoutes(judge, subnet);
        switch (subnet.TextOf("type"))
        {
            case "dhcp" or "dhcp4":
                return facts with { Dhcp4 = true };
            case "dhcp6" or "ipv6_slaac" or "ipv6_dhcpv6-stateful" or "ipv6_dhcpv6-stateless":
                judge.Ignore($"{subnet.TextOf("type")}: {AutomaticIpv6.Note}");
                return facts with { RouterAdvertisements = true };
            case "static" or "static6" or null:
                break;
            case var type:
                judge.Ignore($"a subnet of type {PlainText.Shown(type)}");
                return facts;
        }

        if (ReadAddress(judge, subnet) is not { } address)
        {
            return facts;
        }

        var isIpv6 = PlainText.IsIpv6(address);
        var gateway =
            judge.Host("gateway", subnet.TextOf("gateway"), isIpv6)
            ?? DefaultRoute(judge, subnet.ItemsOf("routes"), isIpv6);
        facts = facts with { Addresses = [.. facts.Addresses, address] };
        return gateway is null ? facts
            : isIpv6 ? facts with { Gateway6 = facts.Gateway6 ?? gateway }
            : facts with { Gateway4 = facts.Gateway4 ?? gateway };
    }

    private static string? ReadAddress(ValueJudge judge, YamlNode subnet)
    {
        var text = subnet.TextOf("address");
        var problem = ValueJudge.AddressProblem(
            text,
            subnet.TextOf("netmask") ?? subnet.TextOf("prefix"),
            out var address
        );
        switch (problem)
        {
            case null:
                return address;
            case ValueJudge.NoLength or ValueJudge.NotAnAddress:
                judge.Ignore("a static subnet without address and length");
                return null;
            default:
                judge.Ignore("address", text ?? "", problem);
                return null;
        }
    }

    private static string? DefaultRoute(
        ValueJudge judge,
        IReadOnlyList<YamlNode> routes,
        bool isIpv6
    ) =>
        routes
            .Where(route => IsDefault(route) && IsOfFamily(route, isIpv6))
            .Select(route => judge.Host("routes.gateway", route.TextOf("gateway"), isIpv6))
            .FirstOrDefault(gateway => gateway is not null);

    private static bool IsOfFamily(YamlNode route, bool isIpv6) =>
        (route.TextOf("network") ?? route.TextOf("destination")) is not { } destination
        || destination == "default"
        || PlainText.IsIpv6(destination) == isIpv6;

    private static bool IsDefault(YamlNode route) =>
        (
            route.TextOf("network") ?? route.TextOf("destination"),
            route.TextOf("netmask") ?? route.TextOf("prefix")
        )
            is
                ("0.0.0.0/0" or "::/0" or "default", _)
                or
                ("0.0.0.0" or "::", "0.0.0.0" or "::" or "0");

    private static void RecordRoutes(ValueJudge judge, YamlNode subnet)
    {
        foreach (var route in subnet.ItemsOf("routes").Where(route => !IsDefault(route)))
        {
            judge.Ignore("a route that is no default route");
        }
    }
}
