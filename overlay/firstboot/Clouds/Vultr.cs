using Appliance.FirstBoot.Http;
using Appliance.FirstBoot.Metadata;
using Appliance.FirstBoot.Sources;
using Appliance.FirstBoot.Yaml;

namespace Appliance.FirstBoot.Clouds;

/// <summary>Vultr: one JSON document; user data where EC2 has it. (vultr.com/metadata)</summary>
internal sealed class Vultr : ICloud
{
    public string Name => "vultr";

    public bool IsNamedBy(Smbios smbios) => smbios.Maker == "Vultr";

    public Facts? Read(MetadataClient client)
    {
        client.Headers.Add(("Metadata-Token", "vultr"));
        if (
            client.GetNode("/v1.json") is not YamlMapping node
            || (node.TextOf("instance-v2-id") ?? node.TextOf("instanceid")) is not { } id
        )
        {
            return null;
        }

        var facts = new Facts
        {
            InstanceId = id,
            Hostname = PlainText.Hostname(node.TextOf("hostname")),
            SshKeys = PlainText.SshKeys(node.ItemsOf("public-keys")),
            Interfaces = [.. node.ItemsOf("interfaces").Select(Interface)],
        };
        return client.Get("/latest/user-data") is { } userData
            ? facts.With(UserData.Read(userData))
            : facts;
    }

    private static InterfaceFacts Interface(YamlNode node)
    {
        var (ipv4, ipv6) = (node.Find("ipv4"), node.Find("ipv6"));
        var isPublic = node.TextOf("network-type") != "private";
        string?[] addresses =
        [
            PlainText.Address(ipv4?.TextOf("address"), ipv4?.TextOf("netmask")),
            PlainText.Address(ipv6?.TextOf("address"), ipv6?.TextOf("prefix")),
            .. (ipv4?.ItemsOf("additional") ?? [])
                .Concat(ipv6?.ItemsOf("additional") ?? [])
                .Select(item =>
                    PlainText.Address(
                        item.TextOf("address") ?? item.TextOf("network"),
                        item.TextOf("netmask") ?? item.TextOf("prefix")
                    )
                ),
        ];
        return new InterfaceFacts
        {
            Mac = PlainText.Mac(node.TextOf("mac")),
            Addresses = [.. addresses.OfType<string>()],
            Gateway4 = isPublic ? PlainText.Host(ipv4?.TextOf("gateway")) : null,
            Gateway6 = isPublic ? PlainText.Host(ipv6?.TextOf("gateway")) : null,
        };
    }
}
