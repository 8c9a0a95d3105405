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

        var attributes = node.Find("attributes");
        var facts = new Facts
        {
            InstanceId = id,
            Hostname = PlainText.Hostname(node.TextOf("hostname")),
            SshKeys = [.. Keys(attributes?.TextOf("ssh-keys")), .. ProjectKeys(client, attributes)],
            Interfaces = [.. node.ItemsOf("networkInterfaces").Select(Interface)],
            Nameservers =
            [
                .. node.ItemsOf("networkInterfaces")
                    .SelectMany(item => item.ItemsOf("dnsServers"))
                    .Select(item => PlainText.Host(item.Text))
                    .OfType<string>()
                    .Distinct(),
            ],
        };
        return attributes?.TextOf("user-data") is { } userData
            ? facts.With(UserData.Read(Encoding.UTF8.GetBytes(userData)))
            : facts;
    }

    private static IEnumerable<string> ProjectKeys(MetadataClient client, YamlNode? attributes) =>
        attributes?.TextOf("block-project-ssh-keys") is "true" or "TRUE"
            ? []
            : Keys(client.GetText(Root + "project/attributes/ssh-keys"));

    /// <summary>"user:ssh-ed25519 AAAA… comment" by lines; who the user is there does not matter here.</summary>
    private static IReadOnlyList<string> Keys(string? text) =>
        PlainText.SshKeys(
            (text ?? "")
                .Split('\n')
                .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..])
                .Select(line => new YamlScalar(line, IsPlain: false, 1))
        );

    /// <summary>
    /// A single address behind a gateway that is not on its link comes by DHCP; what it will be is known.
    /// </summary>
    private static InterfaceFacts Interface(YamlNode node)
    {
        string?[] addresses =
        [
            PlainText.Address(node.TextOf("ip"), node.TextOf("subnetmask")),
            .. node.ItemsOf("ipv6").Select(item => PlainText.Address(item.Text, "128")),
        ];
        return new InterfaceFacts
        {
            Mac = PlainText.Mac(node.TextOf("mac")),
            Addresses = [.. addresses.OfType<string>()],
            Dhcp4 = true,
            Gateway4 = PlainText.Host(node.TextOf("gateway")),
            Mtu = PlainText.Mtu(node.TextOf("mtu")),
        };
    }
}
