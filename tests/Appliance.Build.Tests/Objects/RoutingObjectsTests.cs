using Appliance.Build.Objects;
using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Build.Tests.Objects;

/// <summary>What registries should say about the example networks.</summary>
public class RoutingObjectsTests
{
    [Theory]
    [InlineData("2001:db8::/32", 64500, "2001:db8::/32", OriginState.Valid)]
    [InlineData("2001:db8:1::/48", 64500, "2001:db8::/32", OriginState.Invalid)]
    [InlineData("2001:db8::/32", 64501, "2001:db8::/32", OriginState.Invalid)]
    [InlineData("2001:db8:2::/48", 64501, "2001:db8::/32", OriginState.Valid)]
    [InlineData("2001:db8:2:1::/64", 64501, "2001:db8::/32", OriginState.Invalid)]
    [InlineData("2001:db9::/32", 64500, "2001:db8::/32", OriginState.Unknown)]
    [InlineData("2001::/16", 64500, "2001:db8::/32", OriginState.Unknown)]
    [InlineData("192.0.2.0/24", 0, "192.0.2.0/24", OriginState.Invalid)]
    public void Origins_are_validated_as_RFC_6811_says(
        string prefix,
        uint origin,
        string covering,
        OriginState expected
    )
    {
        Vrp[] vrps =
        [
            new(new Asn(64500), IpPrefix.Parse(covering), IpPrefix.Parse(covering).Length),
            new(new Asn(64501), IpPrefix.Parse("2001:db8:2::/47"), 48),
            new(new Asn(0), IpPrefix.Parse("192.0.2.0/24"), 24),
        ];
        Assert.Equal(
            expected,
            RoutingObjects.StateOf(IpPrefix.Parse(prefix), new Asn(origin), vrps)
        );
    }

    [Fact]
    public void ROAs_are_for_the_announced_length_alone()
    {
        var network = Read("exchange");
        Assert.Equal(
            [("2001:db8:3c::/48", 48), ("192.0.2.0/24", 24)],
            RoutingObjects.Roas(network).Select(roa => ($"{roa.Prefix}", roa.MaximumLength))
        );
        Assert.All(
            RoutingObjects.Check(network, RoutingObjects.Roas(network)),
            item => Assert.Equal(OriginState.Valid, item.State)
        );
        Assert.All(
            RoutingObjects.Check(network, []),
            item => Assert.Equal(OriginState.Unknown, item.State)
        );
    }

    [Fact]
    public void The_objects_tell_the_policy()
    {
        var lines = RoutingObjects.Rpsl(Read("exchange")).Split('\n');
        Assert.Contains("aut-num:        AS64510", lines);
        Assert.Contains("mp-import:      afi ipv6.unicast from AS64496 accept ANY", lines);
        Assert.Contains(
            "mp-export:      afi ipv6.unicast to AS64496 announce AS64510 OR AS64499",
            lines
        );
        Assert.Contains(
            "mp-import:      afi ipv6.unicast from AS64499 accept {2001:db8:4000::/36}",
            lines
        );
        Assert.Contains("mp-export:      afi ipv6.unicast to AS64499 announce ANY", lines);
        Assert.Contains(
            "remarks:        AS64499 may have each /128 of its prefixes dropped with 65535:666 (RFC 7999)",
            lines
        );
        Assert.Contains("mp-import:      afi ipv4.unicast from AS64496 accept NOT ANY", lines);
        Assert.Contains("route6:         2001:db8:3c::/48", lines);
        Assert.Contains("route:          192.0.2.0/24", lines);
    }

    [Fact]
    public void Registered_space_is_the_networks_its_links_and_what_sites_hold()
    {
        var objects = RoutingObjects
            .Rpsl(Read("two-edges"))
            .Split("\n\n")
            .Where(text => text.StartsWith("inet", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(
            [
                "inet6num:       2001:db8:2c::/47",
                "inetnum:        192.0.2.0 - 192.0.2.255",
                "inet6num:       2001:db8:2c:ffff::/64",
                "inet6num:       2001:db8:2c:1000::/64",
                "inet6num:       2001:db8:2c:1001::/64",
                "inet6num:       2001:db8:2c:2000::/64",
                "inet6num:       2001:db8:2d::/56",
            ],
            objects.Select(text => text.Split('\n')[0])
        );
        Assert.Equal(
            """
            inet6num:       2001:db8:2c:1000::/64
            netname:        TWO-EDGES-WEB1
            descr:          web1.example.org
            country:        <country>
            admin-c:        <admin-c>
            tech-c:         <tech-c>
            status:         ASSIGNED
            mnt-by:         <mnt-by>
            source:         <source>
            """.ReplaceLineEndings("\n"),
            objects[3]
        );
        Assert.Contains("remarks: ", objects[0], StringComparison.Ordinal);
        Assert.DoesNotContain("remarks: ", objects[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_object_has_the_attributes_that_the_templates_of_RIPE_demand()
    {
        var objects = RoutingObjects.Rpsl(Read("two-edges")).TrimEnd('\n').Split("\n\n");
        Assert.All(objects, text => AssertComplete(text));
        Assert.Contains(objects, text => text.StartsWith("domain:", StringComparison.Ordinal));
    }

    [Fact]
    public void Contacts_of_the_network_file_take_the_place_of_placeholders()
    {
        var text = File.ReadAllText(
            RepositoryRoot.Combine("profiles", "networks", "two-edges.yaml")
        );
        var network = NetworkFile
            .Read(
                text.Replace(
                    "schema: 1\n",
                    "schema: 1\nregistry: {mnt_by: example-mnt, admin_c: JD1-RIPE, tech_c: JD2-RIPE, source: RIPE, country: de, "
                        + "nservers: [ns1.example.net, ns2.example.net, ns3.example.net]}\n",
                    StringComparison.Ordinal
                ),
                "n.yaml"
            )
            .Value!;
        var rpsl = RoutingObjects.Rpsl(network);
        Assert.DoesNotContain("<", rpsl, StringComparison.Ordinal);
        Assert.Contains("mnt-by:         EXAMPLE-MNT\n", rpsl, StringComparison.Ordinal);
        Assert.Contains("zone-c:         JD2-RIPE\n", rpsl, StringComparison.Ordinal);
        Assert.Contains("country:        DE\n", rpsl, StringComparison.Ordinal);
        Assert.Contains("nserver:        ns3.example.net\n", rpsl, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2001:db8:1c::/48", "c.1.0.0.8.b.d.0.1.0.0.2.ip6.arpa")]
    [InlineData(
        "2001:db8:2c::/47",
        "c.2.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
        "d.2.0.0.8.b.d.0.1.0.0.2.ip6.arpa"
    )]
    [InlineData("2001:db8::/32", "8.b.d.0.1.0.0.2.ip6.arpa")]
    [InlineData("192.0.2.0/24", "2.0.192.in-addr.arpa")]
    [InlineData("198.51.100.0/23", "100.51.198.in-addr.arpa", "101.51.198.in-addr.arpa")]
    [InlineData("10.0.0.0/15", "0.10.in-addr.arpa", "1.10.in-addr.arpa")]
    [InlineData("192.0.2.128/25", "128-255.2.0.192.in-addr.arpa")]
    public void Reverse_zones_end_at_nibbles_and_octets(string prefix, params string[] zones)
    {
        var text = RoutingObjects.Rpsl(
            Read("exchange") with
            {
                Prefixes =
                [
                    new Located<IpPrefix>(
                        IpPrefix.Parse(prefix),
                        new SourceLocation("n.yaml", "$", SourceSpan.Start)
                    ),
                ],
            }
        );
        Assert.Equal(
            zones.Select(zone => $"domain:         {zone}"),
            text.Split('\n').Where(line => line.StartsWith("domain:", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(45)]
    [InlineData(46)]
    public void Reverse_zones_of_a_prefix_are_distinct_and_cover_it(int length)
    {
        var zones = ReverseZones.Of(
            IpPrefix.Parse(length < 4 ? $"::/{length}" : $"2001:db8::/{length}")
        );
        Assert.Equal(1 << ((4 - (length % 4)) % 4), zones.Distinct().Count());
    }

    /// <summary>Mandatory attributes, as the RIPE Database documents its templates.</summary>
    private static void AssertComplete(string text)
    {
        var attributes = text.Split('\n').Select(line => line.Split(':')[0]).ToList();
        string[] mandatory = attributes[0] switch
        {
            "aut-num" => ["as-name", "admin-c", "tech-c", "mnt-by", "source"],
            "route" or "route6" => ["origin", "mnt-by", "source"],
            "domain" => ["admin-c", "tech-c", "zone-c", "nserver", "mnt-by", "source"],
            _ => ["netname", "country", "admin-c", "tech-c", "status", "mnt-by", "source"],
        };
        Assert.Empty(mandatory.Except(attributes));
        Assert.Equal("source", attributes[^1]);
    }

    [Fact]
    public void Exports_of_validators_are_read()
    {
        var vrps = VrpFile.Read(
            """{"metadata": {}, "roas": [{"asn": "AS64500", "prefix": "2001:db8::/32", "maxLength": 48, "ta": "x"}, {"asn": 0, "prefix": "192.0.2.0/24", "maxLength": 24}]}""",
            "v.json"
        );
        Assert.Equal(
            [(64500u, "2001:db8::/32", 48), (0u, "192.0.2.0/24", 24)],
            vrps.Select(vrp => (vrp.Asn.Number, $"{vrp.Prefix}", vrp.MaximumLength))
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"roas": [1]}""")]
    [InlineData("""{"roas": [{"asn": "x", "prefix": "192.0.2.0/24", "maxLength": 24}]}""")]
    [InlineData("""{"roas": [{"asn": 1, "prefix": "192.0.2.0/24", "maxLength": 23}]}""")]
    [InlineData("""{"roas": [{"asn": 1, "prefix": "192.0.2.1/24", "maxLength": 24}]}""")]
    [InlineData("""{"roas": [{"asn": null, "prefix": "192.0.2.0/24", "maxLength": 24}]}""")]
    public void What_is_none_is_refused_by_name(string json)
    {
        var exception = Assert.Throws<BuildException>(() => VrpFile.Read(json, "v.json"));
        Assert.Contains("v.json", exception.Message, StringComparison.Ordinal);
    }

    private static Network Read(string name) =>
        NetworkFile.Read(RepositoryRoot.Combine("profiles", "networks", $"{name}.yaml")).Value!;
}
