using Appliance.FirstBoot.Http;
using Appliance.FirstBoot.Metadata;
using Appliance.FirstBoot.Sources;
using Appliance.FirstBoot.Yaml;

namespace Appliance.FirstBoot.Clouds;

/// <summary>Hetzner Cloud: one YAML document with a network configuration of cloud-init in it. (docs.hetzner.cloud, server metadata)</summary>
internal sealed class Hetzner : ICloud
{
    public string Name => "hetzner";

    public bool IsNamedBy(Smbios smbios) => smbios.Maker == "Hetzner";

    public Facts? Read(MetadataClient client)
    {
        if (
            client.GetNode("/hetzner/v1/metadata") is not YamlMapping node
            || node.TextOf("instance-id") is not { } id
        )
        {
            return null;
        }

        var facts = new Facts
        {
            InstanceId = id,
            Hostname = PlainText.Hostname(node.TextOf("hostname")),
            SshKeys = PlainText.SshKeys(node.ItemsOf("public-keys")),
        };
        if (node.Find("network-config") is YamlMapping network)
        {
            facts = facts.With(NetworkConfig.Read(network));
        }

        return client.Get("/hetzner/v1/userdata") is { } userData
            ? facts.With(UserData.Read(userData))
            : facts;
    }
}
