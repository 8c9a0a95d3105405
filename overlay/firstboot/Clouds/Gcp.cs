using System.Text;
using Appliance.FirstBoot.Http;
using Appliance.FirstBoot.Metadata;
using Appliance.FirstBoot.Sources;
using Appliance.FirstBoot.Yaml;

namespace Appliance.FirstBoot.Clouds;

/// <summary>Google Compute Engine: everything of the instance as one JSON document. (cloud.google.com/compute/docs/metadata)</summary>
internal sealed class Gcp : ICloud
{
    private const string Root = "/computeMetadata/v1/";

    public string Name => "gcp";

    public bool IsNamedBy(Smbios smbios) => smbios.Product is "Google Compute Engine" or "Google";

    public Facts? Read(MetadataClient client)
    {
        client.Headers.Add(("Metadata-Flavor", "Google"));
        if (
            client.GetNode(Root + "instance/?recursive=true&alt=json") is not YamlMapping node
            || node.TextOf("id") is not { } id
            || node.Find("networkInterfaces") is null
        )
        {
            return null;
        }

        var judge = new ValueJudge(Name);
        var attributes = node.Find("attributes");
        var items = node.ItemsOf("networkInterfaces");
        var keys = Keys(judge, attributes?.TextOf("ssh-keys"))
            .Concat(ProjectKeys(client, judge, attributes))
            .ToList();
        var interfaces = items.Select(item => Interface(judge, item)).ToList();
        var resolvers = judge
            .Hosts("dnsServers", items.SelectMany(item => item.ItemsOf("dnsServers")))
            .Distinct()
            .ToList();
        var facts = new Facts
        {
            InstanceId = judge.InstanceId("id", id),
            Hostname = judge.Hostname(("hostname", node.TextOf("hostname"))),
            SshKeys = keys,
            Interfaces = interfaces,
            Nameservers = resolvers,
            Ignored = judge.Ignored,
        };
        return CloudUserData.Add(
            facts,
            attributes?.TextOf("user-data") is { } userData
                ? Encoding.UTF8.GetBytes(userData)
                : null
        );
    }

    private static IReadOnlyList<string> ProjectKeys(
        MetadataClient client,
        ValueJudge judge,
        YamlNode? attributes
    ) =>
        attributes?.TextOf("block-project-ssh-keys") is "true" or "TRUE"
            ? []
            : Keys(judge, client.TryGetText(Root + "project/attributes/ssh-keys"));

    /// <summary>"user:ssh-ed25519 AAAA… comment" by lines; who the user is there does not matter here.</summary>
    private static IReadOnlyList<string> Keys(ValueJudge judge, string? text) =>
        judge.SshKeys(
            "ssh-keys",
            (text ?? "")
                .Split('\n')
                .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..])
                .Select(line => new YamlScalar(line, IsPlain: false, 1))
        );

    /// <summary>
    /// A single address behind a gateway that is not on its link comes by DHCP; what it will be is known.
    /// </summary>
    private static InterfaceFacts Interface(ValueJudge judge, YamlNode node)
    {
        string?[] addresses =
        [
            judge.Address("ip", node.TextOf("ip"), node.TextOf("subnetmask")),
            .. node.ItemsOf("ipv6").Select(item => judge.Address("ipv6", item.Text, "128")),
        ];
        return new InterfaceFacts
        {
            Mac = judge.Mac("mac", node.TextOf("mac")),
            Addresses = [.. addresses.OfType<string>()],
            Dhcp4 = true,
            Gateway4 = judge.Host("gateway", node.TextOf("gateway"), isIpv6: false),
            Mtu = judge.Mtu("mtu", node.TextOf("mtu")),
        };
    }
}
