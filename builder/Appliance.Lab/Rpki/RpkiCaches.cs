using Appliance.Files;
using Appliance.Lab.Daemons;
using Appliance.Lab.Linux;
using Appliance.Lab.Topology;
using Appliance.Verify.Processes;

namespace Appliance.Lab.Rpki;

/// <summary>The RPKI-to-Router servers of a lab, with ROAs that are made up.</summary>
public sealed class RpkiCaches(LabPlan plan, HostTools tools, string folder) : IAsyncDisposable
{
    private readonly List<ChildDaemon> servers = [];
    private IReadOnlyList<RoaEntry> entries = DefaultEntries();

    private string File => Path.Combine(folder, "vrps.json");

    /// <summary>What the servers say now.</summary>
    public IReadOnlyList<RoaEntry> Entries => entries;

    /// <summary>Servers run.</summary>
    public bool AreUp => servers.Count > 0;

    /// <summary>Starts a server for each address that sites ask.</summary>
    public Task StartAsync(CancellationToken token)
    {
        if (plan.Caches.Count == 0)
        {
            return Task.CompletedTask;
        }

        token.ThrowIfCancellationRequested();
        OutputFolder.Create(folder);
        Write();
        foreach (var address in plan.Caches)
        {
            servers.Add(
                ChildDaemon.Start(
                    new NetworkNamespace(plan.Node(LabNames.Cache).Namespace),
                    folder,
                    tools,
                    new(
                        Tools.StayRtr,
                        "-bind",
                        address.ToString(),
                        "-cache",
                        File,
                        "-checktime=false",
                        "-metrics.addr",
                        "",
                        "-export.path",
                        "",
                        "-refresh",
                        "1",
                        "-rtr.refresh",
                        "2",
                        "-rtr.retry",
                        "2"
                    )
                )
            );
        }

        return Task.CompletedTask;
    }

    /// <summary>Changes what the servers say; they look at their file every second and tell the routers.</summary>
    public Task SetAsync(IReadOnlyList<RoaEntry> changed, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        entries = changed;
        Write();
        return Task.CompletedTask;
    }

    /// <summary>Ends all servers, as a crash would.</summary>
    public async Task StopAsync()
    {
        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }

        servers.Clear();
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    /// <summary>The world's networks of even numbers have a ROA, the others have none.</summary>
    private static List<RoaEntry> DefaultEntries() =>
        [
            .. Enumerable
                .Range(0, LabNumbers.WorldNetworks)
                .Where(number => number % 2 == 0)
                .SelectMany(number =>
                {
                    var (ipv6, ipv4, origin) = LabNumbers.WorldNetwork(number);
                    return new RoaEntry[]
                    {
                        new(ipv6, ipv6.PrefixLength, origin),
                        new(ipv4, ipv4.PrefixLength, origin),
                    };
                }),
        ];

    private void Write() => OutputFile.WriteText(File, VrpFile.Write(entries));
}
