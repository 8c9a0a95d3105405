using System.Text;
using Appliance.FirstBoot.Yaml;

namespace Appliance.FirstBoot.Metadata;

/// <summary>OpenStack's layout, on a config drive and over HTTP: meta_data.json, network_data.json, user_data.</summary>
internal static class OpenStack
{
    /// <summary>Below this lie the files.</summary>
    public const string Folder = "openstack/latest/";

    /// <exception cref="YamlException">A file is wrong; the message says which.</exception>
    public static Facts Read(byte[]? metaData, byte[]? userData, byte[]? networkData) =>
        Part("meta_data.json", metaData, ReadMetaData)
            .With(Part("network_data.json", networkData, ReadNetwork))
            .With(Part("user_data", userData, UserData.Read));

    private static Facts ReadMetaData(byte[] content)
    {
        var node = Parse(content);
        return new Facts
        {
            InstanceId = node.TextOf("uuid"),
            Hostname = PlainText.Hostname(node.TextOf("hostname")),
            SshKeys = PlainText.SshKeys(node.ItemsOf("public_keys")),
        };
    }

    private static Facts ReadNetwork(byte[] content)
    {
        var node = Parse(content);
        var links = node.ItemsOf("links");
        var networks = node.ItemsOf("networks").ToLookup(network => network.TextOf("link") ?? "");
        return new Facts
        {
            Interfaces =
            [
                .. links
                    .Where(IsPhysical)
                    .Select(link => ReadLink(link, networks[link.TextOf("id") ?? ""])),
            ],
            Nameservers =
            [
                .. node.ItemsOf("services")
                    .Where(service => service.TextOf("type") == "dns")
                    .Select(service => PlainText.Host(service.TextOf("address")))
                    .OfType<string>(),
            ],
            Ignored =
            [
                .. links
                    .Where(link => !IsPhysical(link))
                    .Select(link =>
                        $"network_data.json: {PlainText.Shown(link.TextOf("type") ?? "link")}"
                    ),
            ],
        };
    }

    /// <summary>Hypervisors call a port by what is at their end of it; only bonds and VLANs are something else.</summary>
    private static bool IsPhysical(YamlNode link) => link.TextOf("type") is not ("bond" or "vlan");

    private static InterfaceFacts ReadLink(YamlNode link, IEnumerable<YamlNode> networks)
    {
        var facts = new InterfaceFacts
        {
            Name = link.TextOf("name"),
            Mac = PlainText.Mac(link.TextOf("ethernet_mac_address")),
            Mtu = PlainText.Mtu(link.TextOf("mtu")),
        };
        return networks.Aggregate(facts, WithNetwork);
    }

    private static InterfaceFacts WithNetwork(InterfaceFacts facts, YamlNode network)
    {
        if (network.TextOf("type") == "ipv4_dhcp")
        {
            return facts with { Dhcp4 = true };
        }

        var address = PlainText.Address(network.TextOf("ip_address"), network.TextOf("netmask"));
        if (address is null)
        {
            return facts;
        }

        facts = facts with { Addresses = [.. facts.Addresses, address] };
        var gateway = PlainText.Host(network.TextOf("gateway")) ?? DefaultRoute(network);
        return gateway is null ? facts
            : PlainText.IsIpv6(gateway) ? facts with { Gateway6 = facts.Gateway6 ?? gateway }
            : facts with { Gateway4 = facts.Gateway4 ?? gateway };
    }

    private static string? DefaultRoute(YamlNode network) =>
        network
            .ItemsOf("routes")
            .Where(route =>
                (route.TextOf("network"), route.TextOf("netmask"))
                    is
                        ("0.0.0.0", "0.0.0.0")
                        or
                        ("::", "::" or "0")
                        or
                        ("0.0.0.0/0" or "::/0", _)
            )
            .Select(route => PlainText.Host(route.TextOf("gateway")))
            .FirstOrDefault(gateway => gateway is not null);

    private static YamlNode Parse(byte[] content) =>
        YamlReader.Read(Encoding.UTF8.GetString(content));

    private static Facts Part(string name, byte[]? content, Func<byte[], Facts> read)
    {
        try
        {
            return content is null ? new Facts() : read(content);
        }
        catch (YamlException exception)
        {
            throw new YamlException($"{name}: {exception.Message}", exception);
        }
    }
}
