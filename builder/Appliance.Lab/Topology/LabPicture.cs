using System.Globalization;
using System.Text;
using Appliance.Lab.Tunnels;

namespace Appliance.Lab.Topology;

/// <summary>The lab as a drawing in text: the world with its switches and neighbors, then every site.</summary>
internal static class LabPicture
{
    private const string Branch = "├─ ";
    private const string Last = "└─ ";
    private const string Trunk = "│  ";
    private const string Blank = "   ";

    /// <param name="played">What plays a neighbor, "BIRD"; by the node's name.</param>
    /// <param name="state">What is to be said of a session, "Established, 22 in, 1 out"; nothing when null.</param>
    public static string Draw(
        LabPlan plan,
        Func<string, string> played,
        Func<LabSession, string?> state
    )
    {
        var text = new StringBuilder();
        Tree(text, "world", WorldBranches(plan, played));
        foreach (var site in plan.Nodes.Where(node => node.Kind == LabNodeKind.Site))
        {
            text.Append('\n');
            Tree(text, SiteTitle(plan, site), SiteBranches(plan, site, state));
        }

        return text.ToString();
    }

    private static IReadOnlyList<Leaf> WorldBranches(LabPlan plan, Func<string, string> played) =>
        [
            .. plan
                .World.Devices.OfType<Bridge>()
                .Select(bridge => new Leaf(
                    $"{bridge.Name}: {string.Join(", ", OnBridge(plan, bridge))}",
                    []
                )),
            .. plan.Sessions.Select(session => new Leaf(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{session.Upstream}, AS{session.Neighbor.Asn}, {played(session.Upstream)}"
                ),
                []
            )),
            .. plan.Caches.Count == 0
                ? Array.Empty<Leaf>()
                : [new Leaf($"{LabNames.Cache}: {string.Join(", ", plan.Caches)}", [])],
            .. plan.Stations.Select(station => new Leaf(
                $"{LabNames.Station}: {station.Address}",
                []
            )),
        ];

    /// <summary>"router01 198.51.100.10/24": what hangs on a switch.</summary>
    private static IEnumerable<string> OnBridge(LabPlan plan, Bridge bridge)
    {
        var own = bridge.Addresses.Where(address => !address.Address.IsIPv6LinkLocal).ToList();
        if (own.Count > 0)
        {
            yield return $"world {string.Join(' ', own)}";
        }

        foreach (
            var port in plan
                .World.Devices.OfType<CableEnd>()
                .Where(port => port.Bridge == bridge.Name)
        )
        {
            var addresses = plan.Node(port.PeerNode)
                .Device(port.PeerDevice)
                .Addresses.Where(address => !address.Address.IsIPv6LinkLocal);
            yield return $"{port.PeerNode} {string.Join(' ', addresses)}".TrimEnd();
        }
    }

    private static string SiteTitle(LabPlan plan, LabNode site)
    {
        var document = plan.Document(site.Name);
        var kind = document.Bgp is null
            ? "downstream"
            : string.Create(CultureInfo.InvariantCulture, $"edge, AS{document.Asn}");
        return $"{site.Name}, {kind}{(site.IsVirtualMachine ? ", virtual machine" : "")}"
            + (site.Loopbacks.Count > 0 ? $", {string.Join(' ', site.Loopbacks)}" : "");
    }

    private static IReadOnlyList<Leaf> SiteBranches(
        LabPlan plan,
        LabNode site,
        Func<LabSession, string?> state
    )
    {
        var sessions = plan.Sessions.Where(session => session.Edge == site.Name).ToList();
        var drawn = site.Devices.Where(device =>
            device is not VirtualCard and not Bridge and not CableEnd { Bridge: not null }
        );
        return
        [
            .. drawn.Select(device => new Leaf(
                Describe(device),
                [
                    .. sessions
                        .Where(session => session.EdgeDevice == device.Name)
                        .Select(session => new Leaf(Describe(session, state), [])),
                ]
            )),
            .. site.IsVirtualMachine
                ? sessions.Select(session => new Leaf(Describe(session, state), []))
                : [],
        ];
    }

    private static string Describe(LabDevice device)
    {
        var addresses = device.Addresses.Where(address => !address.Address.IsIPv6LinkLocal);
        var what = device is TunnelDevice tunnel
            ? $" ═{(tunnel.Protocol == TunnelProtocolNumber.Gre ? "gre" : "6in4")}═ {tunnel.PeerNode}"
                + $" ({tunnel.OuterLocal} to {tunnel.OuterRemote}, MTU {tunnel.Mtu})"
            : "";
        return $"{device.Name}{what} {string.Join(' ', addresses)}".TrimEnd();
    }

    private static string Describe(LabSession session, Func<LabSession, string?> state) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"BGP {session.Neighbor.Name}, AS{session.Neighbor.Asn}, {session.UpstreamAddress}"
        ) + (state(session) is { } said ? $": {said}" : "");

    private sealed record Leaf(string Text, IReadOnlyList<Leaf> Leaves);

    private static void Tree(StringBuilder text, string title, IReadOnlyList<Leaf> leaves)
    {
        text.Append(title).Append('\n');
        Leaves(text, leaves, "");
    }

    private static void Leaves(StringBuilder text, IReadOnlyList<Leaf> leaves, string indent)
    {
        for (var i = 0; i < leaves.Count; i++)
        {
            var last = i == leaves.Count - 1;
            text.Append(indent).Append(last ? Last : Branch).Append(leaves[i].Text).Append('\n');
            Leaves(text, leaves[i].Leaves, indent + (last ? Blank : Trunk));
        }
    }
}
