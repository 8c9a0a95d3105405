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

        var judge = new ValueJudge(Name);
        var interfaces = node.Find("interfaces");
        var known = (interfaces?.ItemsOf("public") ?? [])
            .Concat(interfaces?.ItemsOf("private") ?? [])
            .Select(item => Interface(judge, item))
            .ToList();
        var resolvers = judge.Hosts("dns", node.Find("dns")?.ItemsOf("nameservers") ?? []).ToList();
        var facts = new Facts
        {
            InstanceId = judge.InstanceId("droplet_id", id),
            Hostname = judge.Hostname(("hostname", node.TextOf("hostname"))),
            SshKeys = judge.SshKeys("public_keys", node.ItemsOf("public_keys")),
            Interfaces = known,
            Nameservers = resolvers,
            Ignored = judge.Ignored,
        };
        return CloudUserData.Add(facts, client, "/metadata/v1/user-data");
    }

    private static InterfaceFacts Interface(ValueJudge judge, YamlNode node)
    {
        var (ipv4, ipv6) = (node.Find("ipv4"), node.Find("ipv6"));
        if (node.Find("anchor_ipv4")?.TextOf("ip_address") is { Length: > 0 } anchor)
        {
            judge.Ignore(
                "anchor_ipv4",
                anchor,
                "the anchor of a reserved address is not configured"
            );
        }

        string?[] addresses =
        [
            judge.Address("ipv4.ip_address", ipv4?.TextOf("ip_address"), ipv4?.TextOf("netmask")),
            judge.Address("ipv6.ip_address", ipv6?.TextOf("ip_address"), ipv6?.TextOf("cidr")),
        ];
        // The gateway of the private network leads nowhere.
        var isPublic = node.TextOf("type") != "private";
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
