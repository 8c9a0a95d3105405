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

        var judge = new ValueJudge(Name);
        var facts = new Facts
        {
            InstanceId = judge.InstanceId("instance-id", id),
            Hostname = judge.Hostname(("hostname", node.TextOf("hostname"))),
            SshKeys = judge.SshKeys("public-keys", node.ItemsOf("public-keys")),
            Ignored = judge.Ignored,
        };
        if (node.Find("network-config") is YamlMapping network)
        {
            facts = facts.With(
                MetadataFile.Read("network-config", () => NetworkConfig.Read(network))
            );
        }

        return CloudUserData.Add(facts, client, "/hetzner/v1/userdata");
    }
}
