using System.Text;
using Appliance.FirstBoot.Yaml;

namespace Appliance.FirstBoot.Metadata;

/// <summary>OpenStack's layout, on a config drive and over HTTP: meta_data.json, network_data.json, user_data.</summary>
internal static class OpenStack
{
    /// <summary>Below this lie the files.</summary>
    public const string Folder = "openstack/latest/";

    /// <summary>Facts of the files that are there, and the problems of those that cannot be read.</summary>
    public static Facts Read(byte[]? metaData, byte[]? userData, byte[]? networkData) =>
        MetadataFile
            .Read("meta_data.json", metaData, ReadMetaData)
            .With(MetadataFile.Read("network_data.json", networkData, ReadNetwork))
            .With(MetadataFile.Read("user_data", userData, UserData.Read));

    private static Facts ReadMetaData(byte[] content)
    {
        var node = Parse(content);
        var judge = new ValueJudge("meta_data.json");
        return new Facts
        {
            InstanceId = judge.InstanceId("uuid", node.TextOf("uuid")),
            Hostname = judge.Hostname(("hostname", node.TextOf("hostname"))),
            SshKeys = judge.SshKeys("public_keys", node.ItemsOf("public_keys")),
            Ignored = judge.Ignored,
        };
    }

    private static Facts ReadNetwork(byte[] content)
    {
        var node = Parse(content);
        var judge = new ValueJudge("network_data.json");
        var links = node.ItemsOf("links");
        var networks = node.ItemsOf("networks").ToLookup(network => network.TextOf("link") ?? "");
        foreach (var link in links.Where(link => !IsPhysical(link)))
        {
            judge.Ignore(PlainText.Shown(link.TextOf("type") ?? "link"));
        }

        var ids = links.Select(link => link.TextOf("id") ?? "").ToHashSet(StringComparer.Ordinal);
        foreach (var stray in networks.Where(group => !ids.Contains(group.Key)))
        {
            judge.Ignore("networks.link", stray.Key, "there is no such link");
        }

        var interfaces = links
            .Where(IsPhysical)
            .Select(link => ReadLink(judge, link, networks[link.TextOf("id") ?? ""]))
            .ToList();
        var resolvers = node.ItemsOf("services")
            .Where(service => service.TextOf("type") == "dns")
            .Select(service => judge.Host("services.address", service.TextOf("address")))
            .OfType<string>()
            .ToList();
        return new Facts
        {
            Interfaces = interfaces,
            Nameservers = resolvers,
            Ignored = judge.Ignored,
        };
    }

    /// <summary>Hypervisors call a port by what is at their end of it; only bonds and VLANs are something else.</summary>
    private static bool IsPhysical(YamlNode link) => link.TextOf("type") is not ("bond" or "vlan");

    private static InterfaceFacts ReadLink(
        ValueJudge judge,
        YamlNode link,
        IEnumerable<YamlNode> networks
    )
    {
        var facts = new InterfaceFacts
        {
            Name = link.TextOf("name"),
            Mac = judge.Mac("ethernet_mac_address", link.TextOf("ethernet_mac_address")),
            Mtu = judge.Mtu("mtu", link.TextOf("mtu")),
        };
        return networks.Aggregate(facts, (known, network) => WithNetwork(judge, known, network));
    }

    private static InterfaceFacts WithNetwork(
        ValueJudge judge,
        InterfaceFacts facts,
        YamlNode network
    )
    {
        var type = network.TextOf("type") ?? "";
        if (type is "ipv4_dhcp")
        {
            return facts with { Dhcp4 = true };
        }

        if (type.StartsWith("ipv6_", StringComparison.Ordinal))
        {
            judge.Ignore($"{PlainText.Shown(type)}: {AutomaticIpv6.Note}");
            facts = facts with { RouterAdvertisements = true };
        }

        var address = judge.Address(
            "ip_address",
            network.TextOf("ip_address"),
            network.TextOf("netmask")
        );
        RecordRoutes(judge, network);
        if (address is null)
        {
            return facts;
        }

        facts = facts with { Addresses = [.. facts.Addresses, address] };
        var isIpv6 = PlainText.IsIpv6(address);
        var gateway =
            judge.Host("gateway", network.TextOf("gateway"), isIpv6)
            ?? DefaultRoute(judge, network, isIpv6);
        return gateway is null ? facts
            : isIpv6 ? facts with { Gateway6 = facts.Gateway6 ?? gateway }
            : facts with { Gateway4 = facts.Gateway4 ?? gateway };
    }

    private static string? DefaultRoute(ValueJudge judge, YamlNode network, bool isIpv6) =>
        network
            .ItemsOf("routes")
            .Where(IsDefault)
            .Select(route => judge.Host("routes.gateway", route.TextOf("gateway"), isIpv6))
            .FirstOrDefault(gateway => gateway is not null);

    private static void RecordRoutes(ValueJudge judge, YamlNode network)
    {
        foreach (var route in network.ItemsOf("routes").Where(route => !IsDefault(route)))
        {
            judge.Ignore(
                "routes",
                route.TextOf("network") ?? "",
                "a route that is no default route"
            );
        }
    }

    private static bool IsDefault(YamlNode route) =>
        (route.TextOf("network"), route.TextOf("netmask"))
            is
                ("0.0.0.0", "0.0.0.0" or "0")
                or
                ("::", "::" or "0")
                or
                ("0.0.0.0/0" or "::/0", _);

    private static YamlNode Parse(byte[] content) =>
        YamlReader.Read(Encoding.UTF8.GetString(content));
}
