using System.Net;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Policies;

namespace Appliance.Conformance.Routes;

/// <summary>Prefixes that no neighbor may announce: ours, our links, odd lengths and bogons.</summary>
/// <param name="rules">Of the edge's frr.conf.</param>
internal sealed class PrefixProbes(
    LabSession session,
    SiteDocument edge,
    IReadOnlyList<RenderedRule> rules
)
{
    public IEnumerable<(string Id, string Title, IPNetwork Prefix)> All() =>
        [.. Ours(), .. Links(), .. Lengths(), .. Bogons()];

    /// <summary>Whether a rule is an entry of a list, not the clause that refers to it, whose subject is a family: "v6".</summary>
    public static bool IsEntry(RenderedRule rule) => rule.Subject is not ("v4" or "v6");

    private IEnumerable<(string Id, string Title, IPNetwork Prefix)> Ours() =>
        edge
            .Prefixes.Select(IPNetwork.Parse)
            .Where(IsOfFamily)
            .SelectMany(prefix =>
                new[]
                {
                    ($"own-prefix-{prefix}", "our own prefix", prefix),
                    (
                        $"own-part-{prefix}",
                        "a more specific of our own prefix",
                        ProbeSpace.Half(prefix)
                    ),
                }
            );

    /// <summary>Longer ones are rejected for their length.</summary>
    private IEnumerable<(string Id, string Title, IPNetwork Prefix)> Links() =>
        edge
            .Interfaces.SelectMany(item => new[] { item.Ipv4, item.Ipv6 })
            .Concat(edge.Tunnels.Select(tunnel => tunnel.InnerLocal))
            .OfType<string>()
            .Select(AddressText.NetworkOf)
            .Where(link => IsOfFamily(link) && link.PrefixLength <= (session.IsIpv6 ? 48 : 24))
            .Distinct()
            .Select(link => ($"link-{link}", "the prefix of one of our links", link));

    private IEnumerable<(string Id, string Title, IPNetwork Prefix)> Lengths()
    {
        string[] lengths = session.IsIpv6
            ? ["2e00::/15", "2d00:1:2::/49", "2d00:1:2:3::/64", "2000::/3", "4000::/16"]
            : ["12.0.0.0/7", "13.1.1.0/25", "13.1.1.1/32"];
        return lengths
            .Select(IPNetwork.Parse)
            .Select(prefix =>
                ($"length-{prefix}", $"{prefix}, outside the accepted lengths", prefix)
            );
    }

    private IEnumerable<(string Id, string Title, IPNetwork Prefix)> Bogons()
    {
        var shortest = session.IsIpv6 ? 16 : 8;
        return rules
            .Where(rule => rule.Rule == PolicyRules.BogonPrefix && IsEntry(rule))
            .Select(rule => IPNetwork.Parse(rule.Subject!))
            .Where(IsOfFamily)
            .Select(prefix =>
                (
                    $"bogon-{prefix}",
                    $"{prefix}, which is unassigned",
                    new IPNetwork(prefix.BaseAddress, Math.Max(prefix.PrefixLength, shortest))
                )
            );
    }

    private bool IsOfFamily(IPNetwork prefix) =>
        prefix.BaseAddress.AddressFamily == session.UpstreamAddress.AddressFamily;
}
