using System.Text;
using System.Text.Json.Nodes;
using Appliance.Rendering.Documents;

namespace Appliance.Rendering.Tests.Policies;

/// <summary>Policies that contradict themselves are refused before anything is written.</summary>
public class NeighborValidationTests
{
    [Theory]
    [InlineData(0, "send", "\"Full\"", "$.bgp.neighbors[0].send")]
    [InlineData(
        0,
        "allowed_prefixes",
        "[\"2001:db8:7000::/40\"]",
        "$.bgp.neighbors[0].allowed_prefixes"
    )]
    [InlineData(0, "role", "\"Customer\"", "$.bgp.neighbors[0].allowed_prefixes")]
    [InlineData(0, "role", "17", "$.bgp.neighbors[0].role")]
    [InlineData(0, "import", "17", "$.bgp.neighbors[0].import")]
    [InlineData(0, "blackhole_community", "\"666\"", "$.bgp.neighbors[0].blackhole_community")]
    [InlineData(0, "session", "{\"keepalive\": 20}", "$.bgp.neighbors[0].session.hold")]
    [InlineData(0, "session", "{\"hold\": 2, \"keepalive\": 1}", "$.bgp.neighbors[0].session.hold")]
    [InlineData(0, "session", "{\"multihop\": 300}", "$.bgp.neighbors[0].session.multihop")]
    [InlineData(
        0,
        "session",
        "{\"multihop\": 2, \"ttl_security\": true}",
        "$.bgp.neighbors[0].session.multihop"
    )]
    [InlineData(0, "session", "{\"shutdown\": \"\"}", "$.bgp.neighbors[0].session.shutdown")]
    [InlineData(
        0,
        "session",
        "{\"bfd\": {\"interval\": 5, \"multiplier\": 3}}",
        "$.bgp.neighbors[0].session.bfd.interval"
    )]
    [InlineData(7, "allowed_prefixes", "[\"192.0.2.0/24\"]", "$.bgp.neighbors[7].allowed_prefixes")]
    [InlineData(0, "blackhole_length", "128", "$.bgp.neighbors[0].blackhole_length")]
    [InlineData(7, "blackhole_length", "48", "$.bgp.neighbors[7].blackhole_length")]
    [InlineData(7, "blackhole_length", "129", "$.bgp.neighbors[7].blackhole_length")]
    public void A_neighbor_that_cannot_be_is_refused(
        int index,
        string member,
        string json,
        string where
    )
    {
        var document = JsonNode.Parse(Fixture.Json("ix03"))!;
        document["bgp"]!["neighbors"]![index]![member] = JsonNode.Parse(json);
        var exception = Assert.Throws<RenderingException>(() => Render(document));
        Assert.Equal(where, exception.Where);
    }

    [Theory]
    [InlineData("blackholes", "[\"2001:db8:ff::bad/128\"]")]
    [InlineData("blackholes", "[\"2001:db8:1c::/48\"]")]
    [InlineData("blackholes", "[\"2001:db8:1c::1/128\", \"2001:db8:1c::1/128\"]")]
    [InlineData("community_names", "{\"64500:1:1\": \"64500:1:1\"}")]
    [InlineData("community_names", "{\"one\": \"64500:1:1\", \"two\": \"64500:1:1\"}")]
    [InlineData("bmp", "{\"host\": \"a b\", \"port\": 11019}")]
    public void So_is_what_concerns_all_of_them(string member, string json)
    {
        var document = JsonNode.Parse(Fixture.Json("ix03"))!;
        document["bgp"]![member] = JsonNode.Parse(json);
        var exception = Assert.Throws<RenderingException>(() => Render(document));
        Assert.StartsWith($"$.bgp.{member}", exception.Where, StringComparison.Ordinal);
    }

    private static void Render(JsonNode document) =>
        Fixture.Render(SiteDocumentJson.Read(Encoding.UTF8.GetBytes(document.ToJsonString())));
}
