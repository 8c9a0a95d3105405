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

        var judge = new ValueJudge(Name);
        var interfaces = node.ItemsOf("interfaces").Select(item => Interface(judge, item)).ToList();
        var facts = new Facts
        {
            InstanceId = judge.InstanceId("instance-id", id),
            Hostname = judge.Hostname(("hostname", node.TextOf("hostname"))),
            SshKeys = judge.SshKeys("public-keys", node.ItemsOf("public-keys")),
            Interfaces = interfaces,
            Ignored = judge.Ignored,
        };
        return CloudUserData.Add(facts, client, "/latest/user-data");
    }

    private static InterfaceFacts Interface(ValueJudge judge, YamlNode node)
    {
        var (ipv4, ipv6) = (node.Find("ipv4"), node.Find("ipv6"));
        var isPublic = node.TextOf("network-type") != "private";
        string?[] addresses =
        [
            judge.Address("ipv4.address", ipv4?.TextOf("address"), ipv4?.TextOf("netmask")),
            judge.Address("ipv6.address", ipv6?.TextOf("address"), ipv6?.TextOf("prefix")),
            .. (ipv4?.ItemsOf("additional") ?? [])
                .Concat(ipv6?.ItemsOf("additional") ?? [])
                .Select(item =>
                    judge.Address(
                        "additional",
                        item.TextOf("address") ?? item.TextOf("network"),
                        item.TextOf("netmask") ?? item.TextOf("prefix")
                    )
                ),
        ];
        return new InterfaceFacts
        {
            Mac = judge.Mac("mac", node.TextOf("mac")),
            Addresses = [.. addresses.OfType<string>()],
            Gateway4 = isPublic
                ? judge.Host("ipv4.gateway", ipv4?.TextOf("gateway"), isIpv6: false)
                : null,
            Gateway6 = isPublic
                ? judge.Host("ipv6.gateway", ipv6?.TextOf("gateway"), isIpv6: true)
                : null,
        };
    }
}
