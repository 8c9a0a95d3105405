using System.Net.Sockets;
using Appliance.Lab.Linux;
using Appliance.Lab.Topology;

namespace Appliance.Conformance.Sessions;

/// <summary>
/// A link failure while a default route over another link exists. Its routes must be removed at once: the edge must not
/// resolve the neighbor by the default route, nor wait for the hold timer.
/// </summary>
internal sealed class LinkFailureCase
{
    private const string Ends = "when a link goes down, its session ends at once";
    private const string Nowhere =
        "routes over a failed link are removed, and resolved over no other link";

    /// <summary>Far less than any hold time that the lab's speakers propose.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly SessionBench bench;
    private readonly string device;
    private readonly IReadOnlyList<LinkFailureNeighbor> neighbors;
    private readonly List<CaseResult> results = [];

    private LinkFailureCase(SessionBench bench, string device)
    {
        this.bench = bench;
        this.device = device;
        neighbors =
        [
            .. bench
                .Sessions.Where(session => session.EdgeDevice == device)
                .Where(SessionBench.AcceptsRoutes)
                .Select(session => new LinkFailureNeighbor(session)),
        ];
    }

    public static async Task<IReadOnlyList<CaseResult>> RunAsync(
        SessionBench bench,
        CancellationToken token
    )
    {
        var results = new List<CaseResult>();
        foreach (var device in Devices(bench))
        {
            var run = new LinkFailureCase(bench, device);
            if (run.neighbors.Count > 0)
            {
                results.AddRange(
                    await SessionRun.WithoutHonestAsync(
                        bench,
                        [.. run.neighbors.Select(item => item.Session)],
                        () => run.RunAsync(token),
                        token
                    )
                );
            }
        }

        return results;
    }

    /// <summary>An interface with a gateway carries the default route and the tunnels above it.</summary>
    private static IEnumerable<string> Devices(SessionBench bench)
    {
        var names = bench.Lab.Plan.DeviceNames[bench.Edge];
        return bench
            .Sessions.Select(session => session.EdgeDevice)
            .Except(
                bench
                    .Document.Interfaces.Where(item =>
                        item.Gateway4 is not null || item.Gateway6 is not null
                    )
                    .Select(item => names[item.Name])
            );
    }

    private async Task<IReadOnlyList<CaseResult>> RunAsync(CancellationToken token)
    {
        var defaults = DefaultRoutes();
        await bench.Router.ApplyAsync(defaults, token);
        try
        {
            await KeepConnectedAsync(token);
            await LinkAsync(up: false, token);
            await bench.WaitAsync(() => AreGoneAsync(token), Limit, token);
            await JudgeAsync(token);
        }
        finally
        {
            await CloseAsync();
            await LinkAsync(up: true, token);
            await bench.Router.ApplyAsync([.. defaults.Select(line => $"no {line}")], token);
        }

        await ComeBackAsync(token);
        return results;
    }

    private async Task KeepConnectedAsync(CancellationToken token)
    {
        foreach (var item in neighbors)
        {
            await item.KeepConnectedAsync(bench, token);
        }

        await bench.WaitAsync(() => AreTakenAsync(token), Limit, token);
    }

    private async Task CloseAsync()
    {
        foreach (var item in neighbors)
        {
            await item.DisposeAsync();
        }
    }

    private async Task<bool> AreTakenAsync(CancellationToken token)
    {
        var seen = await bench.LookAsync(token);
        return neighbors.All(item => item.IsAccepted(seen));
    }

    private async Task<bool> AreGoneAsync(CancellationToken token)
    {
        var seen = await bench.LookAsync(token);
        foreach (var item in neighbors)
        {
            if (
                item.KernelRoutes(seen).Count > 0
                || (await bench.PeerAsync(item.Session, token)).IsUp
            )
            {
                return false;
            }
        }

        return true;
    }

    private async Task JudgeAsync(CancellationToken token)
    {
        var seen = await bench.LookAsync(token);
        foreach (var item in neighbors)
        {
            var peer = await bench.PeerAsync(item.Session, token);
            var routes = item.KernelRoutes(seen);
            results.Add(
                SessionBench.Result(
                    item.Session,
                    "lost-link",
                    Ends,
                    item.WasAccepted && !peer.IsUp,
                    $"{device} is down: {peer}; its routes were accepted before: {item.WasAccepted}"
                )
            );
            results.Add(
                SessionBench.Result(
                    item.Session,
                    "lost-next-hop",
                    Nowhere,
                    item.WasAccepted && routes.Count == 0,
                    $"{device} is down, with a default route; {item.Prefixes}: {(routes.Count == 0 ? "no route in the kernel" : string.Join("; ", routes))}"
                )
            );
        }
    }

    /// <summary>Judges that sessions and routes are restored with the link.</summary>
    private async Task ComeBackAsync(CancellationToken token)
    {
        try
        {
            await KeepConnectedAsync(token);
            var seen = await bench.LookAsync(token);
            results.AddRange(
                neighbors.Select(item =>
                    SessionBench.Result(
                        item.Session,
                        "found-link",
                        "once the link is up again, its session and its routes are restored",
                        item.IsAccepted(seen),
                        $"{device} is up: {item.Prefixes} in the kernel by {device}: {item.IsAccepted(seen)}"
                    )
                )
            );
        }
        finally
        {
            await CloseAsync();
        }
    }

    /// <summary>Default routes of each family with neighbors here, by way of a neighbor on another link.</summary>
    private List<string> DefaultRoutes() =>
        [
            .. neighbors
                .Select(item => item.Session.IsIpv6)
                .Distinct()
                .Select(ipv6 =>
                    (
                        ipv6,
                        Other: bench.Sessions.FirstOrDefault(session =>
                            session.IsIpv6 == ipv6 && session.EdgeDevice != device
                        )
                    )
                )
                .Where(item => item.Other is not null)
                .Select(item =>
                    $"{(item.ipv6 ? "ipv6" : "ip")} route {AddressText.Everything(item.ipv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork)} {item.Other!.UpstreamAddress}"
                ),
        ];

    /// <summary>Unplugs the cable of a machine's card; shuts down any other interface, such as a tunnel.</summary>
    private async Task LinkAsync(bool up, CancellationToken token)
    {
        var node = bench.Lab.Plan.Node(bench.Edge);
        if (node.IsVirtualMachine && IsCard)
        {
            await bench.Lab.SetCableAsync(bench.Edge, device, up, token);
            return;
        }

        await bench.Router.ApplyAsync(
            [$"interface {device}", up ? " no shutdown" : " shutdown", "exit"],
            token
        );
        if (up && !node.IsVirtualMachine)
        {
            await bench.Lab.Ip.BatchAsync(
                node.Namespace,
                $"{device}.again",
                NodeCommands.AfterDown(node, device),
                token
            );
        }
    }

    private bool IsCard =>
        bench.Document.Interfaces.Any(item =>
            bench.Lab.Plan.DeviceNames[bench.Edge][item.Name] == device
        );
}
