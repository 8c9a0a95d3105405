using Appliance.FirstBoot.Metadata;
using Appliance.FirstBoot.Yaml;

namespace Appliance.FirstBoot.Tests.Metadata;

/// <summary>Texts as the documentation of cloud-init and of the providers has them.</summary>
public class NetworkConfigTests
{
    private static readonly InterfaceFacts Expected = new()
    {
        Mac = "52:54:00:12:34:56",
        Addresses = ["198.51.100.10/24", "2001:db8:100::96/64"],
        Gateway4 = "198.51.100.1",
        Gateway6 = "2001:db8:100::1",
        Mtu = 1450,
    };

    [Fact]
    public void Version_1_is_read()
    {
        var facts = Read(
            """
            version: 1
            config:
              - type: physical
                name: eth0
                mac_address: '52:54:00:12:34:56'
                mtu: 1450
                subnets:
                  - {type: static, address: 198.51.100.10, netmask: 255.255.255.0, gateway: 198.51.100.1}
                  - type: static6
                    address: 2001:db8:100::96/64
                    gateway: 2001:db8:100::1
                    dns_nameservers: [2001:db8::53]
              - type: nameserver
                address: [192.0.2.53]
              - type: bond
                name: bond0
            """
        );
        AssertSame(Expected with { Name = "eth0" }, Assert.Single(facts.Interfaces));
        Assert.Equal(["192.0.2.53", "2001:db8::53"], facts.Nameservers);
        Assert.Equal(["network configuration: bond"], facts.Ignored);
    }

    [Fact]
    public void Version_2_is_read()
    {
        var facts = Read(
            """
            network:
              version: 2
              ethernets:
                id0:
                  match: {macaddress: "52:54:00:12:34:56"}
                  mtu: 1450
                  addresses: [198.51.100.10/24, {"2001:db8:100::96/64": {label: x}}]
                  gateway4: 198.51.100.1
                  routes:
                    - {to: default, via: "2001:db8:100::1"}
                    - {to: 10.0.0.0/8, via: 198.51.100.2}
                  nameservers: {search: [example.net], addresses: [192.0.2.53]}
              vlans: {v1: {id: 1}}
            """
        );
        AssertSame(Expected, Assert.Single(facts.Interfaces));
        Assert.Equal(["192.0.2.53"], facts.Nameservers);
        Assert.Equal(
            [
                "network configuration: vlans",
                "network configuration: a route that is no default route",
            ],
            facts.Ignored
        );
    }

    [Fact]
    public void The_network_data_of_OpenStack_is_read()
    {
        var facts = OpenStack.Read(
            """{"uuid": "83679162-1378-4288-a2d4-70e13ec132aa", "hostname": "r1.novalocal", "public_keys": {"mykey": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIL me\n"}}"""u8.ToArray(),
            null,
            """
            {"links": [{"ethernet_mac_address": "52:54:00:12:34:56", "id": "tap1", "type": "ovs", "mtu": 1450}],
             "networks": [
               {"id": "network0", "type": "ipv4", "link": "tap1", "ip_address": "198.51.100.10", "netmask": "255.255.255.0",
                "routes": [{"network": "0.0.0.0", "netmask": "0.0.0.0", "gateway": "198.51.100.1"}]},
               {"type": "ipv6", "link": "tap1", "ip_address": "2001:db8:100::96", "netmask": "ffff:ffff:ffff:ffff::",
                "routes": [{"network": "::", "netmask": "::", "gateway": "2001:db8:100::1"}]}],
             "services": [{"type": "dns", "address": "192.0.2.53"}]}
            """u8.ToArray()
        );
        AssertSame(Expected, Assert.Single(facts.Interfaces));
        Assert.Equal("83679162-1378-4288-a2d4-70e13ec132aa", facts.InstanceId);
        Assert.Equal(["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIL me"], facts.SshKeys);
        Assert.Equal(["192.0.2.53"], facts.Nameservers);
    }

    [Fact]
    public void DHCP_is_DHCP_in_both_versions()
    {
        var one = Read(
            "version: 1\nconfig: [{type: physical, name: vtnet0, subnets: [{type: dhcp4}]}]\n"
        );
        var two = Read("version: 2\nethernets: {vtnet0: {dhcp4: true}}\n");
        Assert.True(one.Interfaces[0].Dhcp4);
        Assert.True(two.Interfaces[0].Dhcp4);
        Assert.Equal("vtnet0", two.Interfaces[0].Name);
    }

    [Theory]
    [InlineData("version: 3\n", "line 1: the network configuration has neither version 1 nor 2")]
    [InlineData("just text\n", "line 1: the network configuration has neither version 1 nor 2")]
    public void Another_version_is_refused(string text, string message)
    {
        Assert.Equal(message, Assert.Throws<YamlException>(() => Read(text)).Message);
    }

    [Theory]
    [InlineData(
        "version: 1\nconfig: [{type: physical, name: a, subnets: [{type: static, address: 192.0.2.1}]}]\n"
    )]
    [InlineData(
        "version: 1\nconfig: [{type: physical, name: a, subnets: [{type: static, address: nonsense/24}]}]\n"
    )]
    public void An_address_without_a_length_is_none_and_said_so(string text)
    {
        var facts = Read(text);
        Assert.Empty(facts.Interfaces[0].Addresses);
        Assert.Equal(
            ["network configuration: a static subnet without address and length"],
            facts.Ignored
        );
    }

    private static Facts Read(string text) => NetworkConfig.Read(YamlReader.Read(text));

    private static void AssertSame(InterfaceFacts expected, InterfaceFacts actual)
    {
        Assert.Equal(expected.Addresses, actual.Addresses);
        Assert.Equal(expected with { Addresses = [] }, actual with { Addresses = [] });
    }
}
