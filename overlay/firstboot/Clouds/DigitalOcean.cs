using Appliance.FirstBoot.Http;
using Appliance.FirstBoot.Metadata;
using Appliance.FirstBoot.Sources;
using Appliance.FirstBoot.Yaml;

namespace Appliance.FirstBoot.Clouds;

/// <summary>DigitalOcean: one JSON document; user data beside it. (docs.digitalocean.com/reference/api/metadata)</summary>
internal sealed class DigitalOcean : ICloud
{
    public string Name => "digitalocean";

    public bool IsNamedBy(Smbios smbios) => smbios.Maker == "DigitalOcean";

    public Facts? Read(MetadataClient client)
    {
        if (
            client.GetNode("/metadata/v1.json") is not YamlMapping node
            || node.TextOf("droplet_id") is not { } id
        )
        {
            return null;
        }

        var interfaces = node.Find("interfaces");
        var facts = new Facts
        {
            InstanceId = id,
            Hostname = PlainText.Hostname(node.TextOf("hostname")),
            SshKeys = PlainText.SshKeys(node.ItemsOf("public_keys")),
            Interfaces =
            [
                .. (interfaces?.ItemsOf("public") ?? [])
                    .Concat(interfaces?.ItemsOf("private") ?? [])
                    .Select(Interface),
            ],
            Nameservers =
            [
                .. (node.Find("dns")?.ItemsOf("nameservers") ?? [])
                    .Select(item => PlainText.Host(item.Text))
                    .OfType<string>(),
            ],
        };
        return client.Get("/metadata/v1/user-data") is { } userData
            ? facts.With(UserData.Read(userData))
            : facts;
    }

    private static InterfaceFacts Interface(YamlNode node)
    {
        var (ipv4, ipv6) = (node.Find("ipv4"), node.Find("ipv6"));
        string?[] addresses =
        [
            PlainText.Address(ipv4?.TextOf("ip_address"), ipv4?.TextOf("netmask")),
            PlainText.Address(ipv6?.TextOf("ip_address"), ipv6?.TextOf("cidr")),
        ];
        return new InterfaceFacts
        {
            Mac = PlainText.Mac(node.TextOf("mac")),
            Addresses = [.. addresses.OfType<string>()],
            // The gateway of the private network leads nowhere.
            Gateway4 =
                node.TextOf("type") == "private" ? null : PlainText.Host(ipv4?.TextOf("gateway")),
            Gateway6 =
                node.TextOf("type") == "private" ? null : PlainText.Host(ipv6?.TextOf("gateway")),
        };
    }
}
