using System.Text;
using System.Text.Json.Nodes;
using Appliance.FirstBoot.Clouds;
using Appliance.FirstBoot.Http;
using Appliance.FirstBoot.Metadata;
using Appliance.FirstBoot.Tests.Fakes;

namespace Appliance.FirstBoot.Tests.Lifeline;

/// <summary>
/// Every format that metadata comes in, as JSON (which is YAML, too) with good values: one card, 198.51.100.10/24, one
/// key, one network for ssh.
/// </summary>
internal static class Formats
{
    /// <summary>Without an id the service is not this provider's.</summary>
    public const string NotTheirs = "not theirs";

    private const string Mac = "52:54:00:12:34:56";

    private static readonly string Key = Seeds.Key;

    public static IReadOnlyList<string> Names { get; } =
    [
        "nocloud-v1",
        "nocloud-v2",
        "openstack",
        "ec2",
        "gcp",
        "azure",
        "hetzner",
        "vultr",
        "digitalocean",
    ];

    /// <summary>Files by name, in one tree.</summary>
    public static JsonNode Good(string name) =>
        JsonNode.Parse("{\"user\": " + User + ", " + Files(name) + "}")!;

    private static string Files(string name) =>
        name switch
        {
            "nocloud-v1" => $"\"meta\": {Meta}, \"network\": {V1}",
            "nocloud-v2" => $"\"meta\": {Meta}, \"network\": {V2}",
            "openstack" => OpenStackFiles,
            "ec2" => Ec2Tree,
            "gcp" => GcpTree,
            "azure" => AzureTree,
            "hetzner" =>
                "\"hetzner\": {\"instance-id\": 4711, \"hostname\": \"r1\", \"public-keys\": [\""
                    + Key
                    + "\"], \"network-config\": "
                    + V1
                    + "}",
            "vultr" => VultrTree,
            _ => DigitalOceanTree,
        };

    public static Facts Read(string name, JsonNode tree)
    {
        byte[] File(string part) => Encoding.UTF8.GetBytes(tree[part]!.ToJsonString());
        var user = Encoding.UTF8.GetBytes("#cloud-config\n" + tree["user"]!.ToJsonString());
        return name switch
        {
            "nocloud-v1" or "nocloud-v2" => NoCloud.Read(File("meta"), user, File("network")),
            "openstack" => OpenStack.Read(File("meta"), user, File("network")),
            _ => Ask(name, tree, user),
        };
    }

    private static Facts Ask(string name, JsonNode tree, byte[] user)
    {
        var cloud = AllClouds.List.Single(item => item.Name == name);
        var connector = new Answers(request => Answer(name, request.Path, tree, user));
        var machine = new FakeMachine();
        var client = new MetadataClient(
            machine,
            connector,
            new System.Net.IPEndPoint(0, 80),
            TimeSpan.FromSeconds(60)
        );
        return cloud.Read(client) ?? new Facts { Problems = [NotTheirs] };
    }

    private static string? Answer(string name, string path, JsonNode tree, byte[] user)
    {
        if (name == "ec2")
        {
            return path == "/latest/user-data"
                ? Encoding.UTF8.GetString(user)
                : (string?)(
                    tree["ec2"]!
                        [path.Replace("/latest/meta-data/", "", StringComparison.Ordinal)]
                        ?.ToString()
                );
        }

        if (name == "gcp" && path.Contains("instance/", StringComparison.Ordinal))
        {
            var copy = tree["gcp"]!.DeepClone();
            copy["attributes"]!["user-data"] = Encoding.UTF8.GetString(user);
            return copy.ToJsonString();
        }

        if (name == "azure" && path.Contains("instance", StringComparison.Ordinal))
        {
            var copy = tree["azure"]!.DeepClone();
            copy["compute"]!["userData"] = Convert.ToBase64String(user);
            return copy.ToJsonString();
        }

        return path switch
        {
            "/hetzner/v1/metadata" or "/v1.json" or "/metadata/v1.json" => tree[
                name
            ]!.ToJsonString(),
            "/hetzner/v1/userdata" or "/latest/user-data" or "/metadata/v1/user-data" =>
                Encoding.UTF8.GetString(user),
            _ => null,
        };
    }

    private static string User =>
        $$$"""{"fqdn": "r1.example.net", "hostname": "r1", "ssh_authorized_keys": ["{{{Key}}}"], "appliance": {"ssh_from": ["192.0.2.0/24"], "ssh_keys": ["{{{Key}}}"]}}""";

    private static string Meta =>
        $$"""{"instance-id": "i-1", "local-hostname": "r1", "public-keys": ["{{Key}}"]}""";

    private const string V1 = $$"""
        {"version": 1, "config": [
          {"type": "physical", "name": "eth0", "mac_address": "{{Mac}}", "mtu": 1450, "subnets": [
            {"type": "static", "address": "198.51.100.10", "netmask": "255.255.255.0", "gateway": "198.51.100.1",
             "dns_nameservers": ["192.0.2.53"]},
            {"type": "static6", "address": "2001:db8:100::96/64", "gateway": "fe80::1"}]},
          {"type": "nameserver", "address": ["192.0.2.54"]}]}
        """;

    private const string V2 = $$$$"""
        {"version": 2, "ethernets": {"id0": {"match": {"macaddress": "{{{{Mac}}}}"}, "mtu": 1450,
          "addresses": ["198.51.100.10/24", "2001:db8:100::96/64"], "gateway4": "198.51.100.1",
          "routes": [{"to": "::/0", "via": "2001:db8:100::1"}], "nameservers": {"addresses": ["192.0.2.53"]}
        }}}
        """;

    private static string OpenStackFiles =>
        $$$"""
            "meta": {"uuid": "u-1", "hostname": "r1", "public_keys": {"k": "{{{Key}}}\n"}},
            "network": {"links": [{"id": "l", "type": "ovs", "mtu": 1450, "ethernet_mac_address": "{{{Mac}}}"}],
             "networks": [{"type": "ipv4", "link": "l", "ip_address": "198.51.100.10", "netmask": "255.255.255.0",
               "routes": [{"network": "0.0.0.0", "netmask": "0.0.0.0", "gateway": "198.51.100.1"}]},
              {"type": "ipv6", "link": "l", "ip_address": "2001:db8:100::96", "netmask": "64", "gateway": "2001:db8:100::1"}],
             "services": [{"type": "dns", "address": "192.0.2.53"}]}
            """;

    private static string Ec2Tree =>
        $$"""
            "ec2": {"instance-id": "i-1", "local-hostname": "r1", "public-keys/": "0=k",
              "public-keys/0/openssh-key": "{{Key}}", "network/interfaces/macs/": "{{Mac}}/",
              "network/interfaces/macs/{{Mac}}/local-ipv4s": "198.51.100.10",
              "network/interfaces/macs/{{Mac}}/subnet-ipv4-cidr-block": "198.51.100.0/24",
              "network/interfaces/macs/{{Mac}}/ipv6s": "2001:db8:100::96"}
            """;

    private static string GcpTree =>
        $$$"""
            "gcp": {"id": 4711, "hostname": "r1", "attributes": {"ssh-keys": "ops:{{{Key}}}"},
              "networkInterfaces": [{"mac": "{{{Mac}}}", "ip": "198.51.100.10", "subnetmask": "255.255.255.0",
               "gateway": "198.51.100.1", "mtu": 1460, "ipv6": ["2001:db8:100::96"], "dnsServers": ["192.0.2.53"]}]}
            """;

    private static string AzureTree =>
        $$$"""
            "azure": {"compute": {"vmId": "m-1", "name": "vm", "osProfile": {"computerName": "r1"},
               "publicKeys": [{"keyData": "{{{Key}}}"}]},
              "network": {"interface": [{"macAddress": "525400123456",
               "ipv4": {"ipAddress": [{"privateIpAddress": "198.51.100.10"}], "subnet": [{"prefix": "24"}]},
               "ipv6": {"ipAddress": [{"privateIpAddress": "2001:db8:100::96"}]}}]}}
            """;

    private static string VultrTree =>
        $$$"""
            "vultr": {"hostname": "r1", "instance-v2-id": "m-1", "public-keys": ["{{{Key}}}"],
              "interfaces": [{"ipv4": {"additional": [{"address": "198.51.100.77", "netmask": "255.255.255.0"}],
                "address": "198.51.100.10", "gateway": "198.51.100.1", "netmask": "255.255.255.0"},
               "ipv6": {"additional": [], "address": "2001:db8:100::96", "prefix": "64"},
               "mac": "{{{Mac}}}", "network-type": "public"}]}
            """;

    private static string DigitalOceanTree =>
        $$$"""
            "digitalocean": {"droplet_id": 4711, "hostname": "r1", "public_keys": ["{{{Key}}}"],
              "interfaces": {"public": [{"ipv4": {"ip_address": "198.51.100.10", "netmask": "255.255.255.0",
                "gateway": "198.51.100.1"}, "ipv6": {"ip_address": "2001:db8:100::96", "cidr": 64,
                "gateway": "2001:db8:100::1"}, "mac": "{{{Mac}}}", "type": "public"}]},
              "dns": {"nameservers": ["192.0.2.53"]}}
            """;
}
