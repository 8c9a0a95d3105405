using System.Text;
using Appliance.FirstBoot.Metadata;
using Appliance.FirstBoot.Sources;
using Appliance.FirstBoot.Yaml;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Tests.Metadata;

/// <summary>
/// A million damaged inputs in all: reading each ends in facts or in a <see cref="YamlException"/>, and what comes out
/// as a fact has a form that may stand in a message.
/// </summary>
public class MetadataFuzzTests
{
    private const int Rounds = 150_000;

    /// <summary>What YAML is made of.</summary>
    private const string Marks = "[]{}\"'&*!|>%@:#-,\n\t \\?~";

    private const string NetworkV1 = """
        version: 1
        config:
          - type: physical
            name: eth0
            mac_address: '52:54:00:12:34:56'
            subnets:
              - {type: static, address: 198.51.100.10, netmask: 255.255.255.0, gateway: 198.51.100.1}
              - type: static6
                address: 2001:db8:100::96/64
          - type: nameserver
            address: [192.0.2.53]
        """;

    private const string NetworkV2 = """
        network:
          version: 2
          ethernets:
            id0:
              match: {macaddress: "52:54:00:12:34:56"}
              addresses: [198.51.100.10/24, {"2001:db8:100::96/64": {label: x}}]
              routes:
                - {to: default, via: "2001:db8:100::1"}
              nameservers: {addresses: [192.0.2.53]}
        """;

    private const string OwnerText = """
        #cloud-config
        fqdn: r.example.net
        ssh_authorized_keys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP7RoGvVyEPkwEjVNVVUsXI x"]
        appliance:
          site: {schema: 1, prefixes: [2001:db8::/48], note: "a\tb"}
          secrets:
            ifog-md5: >-
              folded
              text
          ssh_from: [192.0.2.0/24]
          document: |
            {"a": 1}
        """;

    private const string OpenStackText = """
        {"links": [{"ethernet_mac_address": "52:54:00:12:34:56", "id": "tap1", "type": "ovs", "mtu": 1450}],
         "networks": [{"type": "ipv4", "link": "tap1", "ip_address": "198.51.100.10", "netmask": "255.255.255.0",
           "routes": [{"network": "0.0.0.0", "netmask": "0.0.0.0", "gateway": "198.51.100.1"}]}],
         "services": [{"type": "dns", "address": "192.0.2.53"}]}
        """;

    public static TheoryData<string> Texts =>
        ["v1", "v2", "owner", "meta", "openstack", "document", "serial"];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Damaged_metadata_is_facts_or_a_reason(string name)
    {
        var (sample, read) = Case(name);
        Assert.Equal(0, Refused(sample, read));
        var random = new Random(20261123);
        var refused = 0;
        for (var round = 0; round < Rounds; round++)
        {
            refused += Refused(Damage(sample, random), read);
        }

        if (name != "serial")
        {
            Assert.InRange(refused, Rounds / 20, Rounds - (Rounds / 50));
        }
    }

    private static (byte[] Sample, Func<byte[], Facts> Read) Case(string name)
    {
        var meta =
            "instance-id: i-1\nlocal-hostname: r\npublic-keys: {a: [\"ssh-rsa AAAA\"]}\n"u8.ToArray();
        return name switch
        {
            "v1" => (Bytes(NetworkV1), content => NoCloud.Read(null, null, content)),
            "v2" => (Bytes(NetworkV2), content => NoCloud.Read(null, null, content)),
            "owner" => (Bytes(OwnerText), content => NoCloud.Read(null, content, null)),
            "meta" => (meta, content => NoCloud.Read(content, null, null)),
            "openstack" => (Bytes(OpenStackText), content => OpenStack.Read(null, null, content)),
            "serial" => (Bytes("ds=nocloud;s=http://192.0.2.1:8000/seed/;i=i-1"), Serial),
            _ => (SiteDocumentJson.Write(Fakes.TestSites.Edge), Document),
        };
    }

    private static int Refused(byte[] content, Func<byte[], Facts> read)
    {
        try
        {
            var facts = read(content);
            Assert.All(
                facts.Interfaces.SelectMany(item => item.Addresses),
                text => Assert.True(IsPlain(text))
            );
            Assert.All(facts.SshKeys, key => Assert.DoesNotContain(key, char.IsControl));
            Assert.All(facts.Ignored, text => Assert.True(IsPlain(text)));
            Assert.All(facts.Problems, text => Assert.True(IsPlain(text), text));
            return facts.Problems.Count > 0 ? 1 : 0;
        }
        catch (YamlException exception)
        {
            Assert.True(IsPlain(exception.Message), exception.Message);
            return 1;
        }
    }

    private static Facts Document(byte[] content)
    {
        _ = YamlJson.Write(YamlReader.Read(Encoding.UTF8.GetString(content)));
        return new Facts();
    }

    private static Facts Serial(byte[] content)
    {
        var pointer = SeedPointer.Parse(Encoding.UTF8.GetString(content));
        Assert.True(pointer is null || IsPlain(pointer.Place + pointer.Path + pointer.Problem));
        return new Facts();
    }

    /// <summary>A few bytes changed, left out, doubled, or replaced by what YAML is made of.</summary>
    private static byte[] Damage(byte[] sample, Random random)
    {
        var content = sample.ToList();
        for (var count = random.Next(1, 5); count > 0 && content.Count > 0; count--)
        {
            var at = random.Next(content.Count);
            switch (random.Next(5))
            {
                case 0:
                    content[at] = (byte)random.Next(256);
                    break;
                case 1:
                    content.RemoveRange(at, Math.Min(random.Next(1, 9), content.Count - at));
                    break;
                case 2:
                    content.InsertRange(
                        at,
                        content.GetRange(at, Math.Min(random.Next(1, 9), content.Count - at))
                    );
                    break;
                default:
                    content[at] = (byte)Marks[random.Next(Marks.Length)];
                    break;
            }
        }

        return [.. content];
    }

    private static bool IsPlain(string text) => text.All(letter => letter is >= ' ' and <= '~');

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
