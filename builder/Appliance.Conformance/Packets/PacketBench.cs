using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Appliance.Conformance.Sessions;
using Appliance.Lab.Linux;
using Appliance.Lab.Running;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;
using AddressFamily = System.Net.Sockets.AddressFamily;

namespace Appliance.Conformance.Packets;

/// <summary>The bench of a case about packets: an edge, a host behind one of its tunnels, and the world.</summary>
internal sealed class PacketBench
{
    private PacketBench(RunningLab lab, SessionBench edge, SiteDocument host, TunnelDocument tunnel)
    {
        Lab = lab;
        Edge = edge;
        Host = host;
        Tunnel = tunnel;
        HostAddress = AddressesOf(host).First();
    }

    public RunningLab Lab { get; }

    public SessionBench Edge { get; }

    /// <summary>The site behind the tunnel.</summary>
    public SiteDocument Host { get; }

    /// <summary>The host's end of the tunnel.</summary>
    public TunnelDocument Tunnel { get; }

    /// <summary>One of our addresses at the host.</summary>
    public IPAddress HostAddress { get; }

    public NetworkNamespace HostSpace => Lab.Namespace(Host.Site);

    public NetworkNamespace World => Lab.Namespace(LabNames.World);

    /// <summary>Null where no host is behind a tunnel of the edge.</summary>
    public static PacketBench? Of(RunningLab lab, string edge)
    {
        var found = lab
            .Plan.Documents.Where(site =>
                !lab.Plan.Node(site.Site).IsVirtualMachine && AddressesOf(site).Any()
            )
            .Select(site =>
                (Site: site, Tunnel: site.Tunnels.FirstOrDefault(item => item.Peer == edge))
            )
            .FirstOrDefault(item => item.Tunnel is not null);
        return found.Tunnel is null
            ? null
            : new(lab, new SessionBench(lab, edge), found.Site, found.Tunnel);
    }

    /// <summary>Opens a socket inside a namespace.</summary>
    public static Socket Open(NetworkNamespace inside, SocketType type, ProtocolType protocol) =>
        inside.Run(() => new Socket(AddressFamily.InterNetworkV6, type, protocol));

    /// <summary>Reads the counts of packets that a device has sent and received.</summary>
    public async Task<(long Sent, long Received)> CountersAsync(
        string node,
        string device,
        CancellationToken token
    )
    {
        var text = await Lab.Ip.JsonAsync(
            Lab.Plan.Node(node).Namespace,
            ["-s", "link", "show", "dev", device],
            token
        );
        using var json = JsonDocument.Parse(text);
        var statistics = json.RootElement[0].GetProperty("stats64");
        return (
            statistics.GetProperty("tx").GetProperty("packets").GetInt64(),
            statistics.GetProperty("rx").GetProperty("packets").GetInt64()
        );
    }

    /// <summary>An unassigned address of our prefixes.</summary>
    public static IPAddress UnassignedOf(PacketBench bench)
    {
        var prefix = bench
            .Edge.Document.Prefixes.Select(IPNetwork.Parse)
            .First(item => item.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6);
        var bytes = prefix.BaseAddress.GetAddressBytes();
        // Below the last /64, where links may be, and above the hosts' prefixes.
        bytes[7] = 0xde;
        bytes[15] = 0xad;
        return new(bytes);
    }

    public CaseResult Result(string id, string title, bool right, string evidence) =>
        new(
            $"{Edge.Edge}–{Host.Site}",
            id,
            title,
            right ? CaseOutcome.Passed : CaseOutcome.Failed,
            evidence
        );

    private static IEnumerable<IPAddress> AddressesOf(SiteDocument site) =>
        (site.Announced?.Addresses ?? [])
            .Concat(site.Announced?.Jails.Select(jail => jail.Address) ?? [])
            .Select(IPAddress.Parse)
            .Where(address => address.AddressFamily == AddressFamily.InterNetworkV6);
}
