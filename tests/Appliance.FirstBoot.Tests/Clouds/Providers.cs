using Appliance.FirstBoot.Tests.Fakes;
using Appliance.FirstBoot.Tests.Http;

namespace Appliance.FirstBoot.Tests.Clouds;

/// <summary>
/// Each provider's service as its documentation describes it: paths, headers that are demanded, and what is
/// answered. Every machine is the same one: 198.51.100.10/24, MAC 52:54:00:12:34:56, one key, one secret.
/// </summary>
internal static class Providers
{
    public const string UserData = "#cloud-config\nappliance: {secrets: {ifog-md5: abcdefgh}}\n";

    private const string Mac = "52:54:00:12:34:56";

    private static readonly string Key = Seeds.Key;

    public static MetadataServer Start(string name) =>
        new(
            name switch
            {
                "ec2" => Ec2,
                "ec2-v1" => asked =>
                    asked.Method == "PUT" ? "HTTP:404 Not Found" : Ec2Tree(asked.Path),
                "openstack" => OpenStack,
                "gcp" => Gcp,
                "azure" => Azure,
                "hetzner" => Hetzner,
                "vultr" => Vultr,
                "digitalocean" => DigitalOcean,
                _ => _ => null,
            }
        );

    /// <summary>kenv(1) of a machine there.</summary>
    public static string Kenv(string name) =>
        name switch
        {
            "ec2" or "ec2-v1" =>
                "smbios.system.maker=\"Amazon EC2\"\nsmbios.system.uuid=\"ec2f1c08-0a8c-4a8b-9d4e-0123456789ab\"\n",
            "openstack" => "smbios.system.product=\"OpenStack Nova\"\n",
            "gcp" => "smbios.system.product=\"Google Compute Engine\"\n",
            "azure" =>
                "smbios.system.maker=\"Microsoft Corporation\"\nsmbios.chassis.tag=\"7783-7084-3265-9085-8269-3286-77\"\n",
            "hetzner" => "smbios.system.maker=\"Hetzner\"\n",
            "vultr" => "smbios.system.maker=\"Vultr\"\n",
            "digitalocean" => "smbios.system.maker=\"DigitalOcean\"\n",
            _ => "",
        };

    private static string? Ec2(Asked asked)
    {
        const string Token = "AQAEAKz==";
        if (asked is { Method: "PUT", Path: "/latest/api/token" })
        {
            return asked.Headers.ContainsKey("X-aws-ec2-metadata-token-ttl-seconds")
                ? Token
                : "HTTP:400 Bad Request";
        }

        return asked.Headers.GetValueOrDefault("X-aws-ec2-metadata-token") == Token
            ? Ec2Tree(asked.Path)
            : "HTTP:401 Unauthorized";
    }

    private static string? Ec2Tree(string path) =>
        path switch
        {
            "/latest/meta-data/instance-id" => "machine-1",
            "/latest/meta-data/local-hostname" => "router01.example.net",
            "/latest/meta-data/public-keys/" => "0=my-key",
            "/latest/meta-data/public-keys/0/openssh-key" => Key + "\n",
            "/latest/meta-data/network/interfaces/macs/" => Mac + "/\n",
            $"/latest/meta-data/network/interfaces/macs/{Mac}/local-ipv4s" =>
                "198.51.100.10\n198.51.100.11",
            $"/latest/meta-data/network/interfaces/macs/{Mac}/subnet-ipv4-cidr-block" =>
                "198.51.100.0/24",
            "/latest/user-data" => UserData,
            _ => null,
        };

    private static string? OpenStack(Asked asked) =>
        asked.Path switch
        {
            "/openstack/latest/meta_data.json" =>
                $$$"""{"uuid": "machine-1", "hostname": "router01.example.net", "public_keys": {"k": "{{{Key}}}\n"}}""",
            "/openstack/latest/network_data.json" => $$$"""
                {"links": [{"id": "l", "type": "ovs", "ethernet_mac_address": "{{{Mac}}}"}],
                 "networks": [{"type": "ipv4", "link": "l", "ip_address": "198.51.100.10", "netmask": "255.255.255.0",
                   "routes": [{"network": "0.0.0.0", "netmask": "0.0.0.0", "gateway": "198.51.100.1"}]}], "services": []}
                """,
            "/openstack/latest/user_data" => UserData,
            _ => null,
        };

    private static string? Gcp(Asked asked) =>
        asked.Headers.GetValueOrDefault("Metadata-Flavor") != "Google"
            ? "HTTP:403 Forbidden"
            : asked.Path switch
            {
                "/computeMetadata/v1/instance/?recursive=true&alt=json" =>
                    $$$"""
                    {"id": 4711, "hostname": "router01.example.net",
                     "attributes": {"ssh-keys": "ops:{{{Key}}}", "user-data": {{{System.Text.Json.JsonSerializer.Serialize(
                        UserData
                    )}}}},
                     "networkInterfaces": [{"mac": "{{{Mac}}}", "ip": "198.51.100.10", "subnetmask": "255.255.255.0",
                       "gateway": "198.51.100.1", "mtu": 1460, "dnsServers": ["169.254.169.254"]}]}
                    """,
                _ => null,
            };

    private static string? Azure(Asked asked) =>
        asked.Path switch
        {
            "/metadata/instance?api-version=2021-02-01"
                when asked.Headers.GetValueOrDefault("Metadata") == "true" =>
                $$$"""
                {"compute": {"vmId": "machine-1", "name": "vm", "osProfile": {"computerName": "router01.example.net"},
                  "publicKeys": [{"keyData": "{{{Key}}}", "path": "/home/ops/.ssh/authorized_keys"}],
                  "userData": "{{{Convert.ToBase64String(
                    System.Text.Encoding.UTF8.GetBytes(UserData)
                )}}}"},
                 "network": {"interface": [{"macAddress": "525400123456",
                   "ipv4": {"ipAddress": [{"privateIpAddress": "198.51.100.10", "publicIpAddress": ""}],
                            "subnet": [{"address": "198.51.100.0", "prefix": "24"}]}, "ipv6": {"ipAddress": []}}]}}
                """,
            "/metadata/instance?api-version=2021-02-01" => "HTTP:400 Bad Request",
            "/machine/?comp=goalstate"
                when asked.Headers.GetValueOrDefault("x-ms-version") == "2012-11-30" =>
                "<?xml version=\"1.0\"?><GoalState><Incarnation>3</Incarnation><Container><ContainerId>c-1</ContainerId>"
                    + "<RoleInstanceList><RoleInstance><InstanceId>i.2</InstanceId></RoleInstance></RoleInstanceList></Container></GoalState>",
            "/machine/?comp=health" when asked.Method == "POST" => "",
            _ => null,
        };

    private static string? Hetzner(Asked asked) =>
        asked.Path switch
        {
            "/hetzner/v1/metadata" => $$$"""
                availability-zone: fsn1-dc14
                hostname: router01.example.net
                instance-id: 4711
                public-ipv4: 198.51.100.10
                public-keys:
                - {{{Key}}}
                network-config:
                  config:
                  - mac_address: {{{Mac}}}
                    name: eth0
                    subnets:
                    - dns_nameservers:
                      - 2a01:4ff:ff00::add:1
                      ipv4: true
                      type: dhcp
                    - address: 2001:db8:100::96/64
                      gateway: fe80::1
                      ipv6: true
                      type: static
                    type: physical
                  version: 1
                vendor_data: |
                  Content-Type: multipart/mixed; boundary="x"
                """,
            "/hetzner/v1/userdata" => UserData,
            _ => null,
        };

    private static string? Vultr(Asked asked) =>
        asked.Path switch
        {
            "/v1.json" => $$$"""
                {"bgp": {"ipv4": {"my-address": "", "my-asn": ""}}, "hostname": "router01.example.net",
                 "instanceid": "42", "instance-v2-id": "machine-1", "public-keys": ["{{{Key}}}"],
                 "interfaces": [{"ipv4": {"additional": [], "address": "198.51.100.10", "gateway": "198.51.100.1",
                   "netmask": "255.255.255.0"}, "ipv6": {"additional": [], "address": "2001:db8:100::96",
                   "network": "2001:db8:100::", "prefix": "64"}, "mac": "{{{Mac}}}", "network-type": "public"}]}
                """,
            "/latest/user-data" => UserData,
            _ => null,
        };

    private static string? DigitalOcean(Asked asked) =>
        asked.Path switch
        {
            "/metadata/v1.json" => $$$"""
                {"droplet_id": 4711, "hostname": "router01.example.net", "public_keys": ["{{{Key}}}"],
                 "interfaces": {"public": [{"ipv4": {"ip_address": "198.51.100.10", "netmask": "255.255.255.0",
                   "gateway": "198.51.100.1"}, "ipv6": {"ip_address": "2001:0db8:0100:0000:0000:0000:0000:0096", "cidr": 64,
                   "gateway": "2001:0db8:0100:0000:0000:0000:0000:0001"}, "mac": "{{{Mac}}}", "type": "public"}]},
                 "dns": {"nameservers": ["192.0.2.53"]}}
                """,
            "/metadata/v1/user-data" => UserData,
            _ => null,
        };
}
