using System.Net.Sockets;
using Appliance.Conformance.Sessions;
using Appliance.Lab.Running;

namespace Appliance.Conformance.Packets;

/// <summary>The cases about packets, with honest neighbors: delivery, size and path.</summary>
internal sealed class PacketRun(RunningLab lab)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly Func<PacketBench, CancellationToken, Task<CaseResult>>[] Cases =
    [
        TransferCase.RunAsync,
        UnassignedCase.RunAsync,
        SpoofedCase.RunAsync,
        TraceCase.RunAsync,
        FailoverCase.RunAsync,
    ];

    /// <summary>Runs all cases of an edge; none where no host is behind it.</summary>
    public async Task<IReadOnlyList<CaseResult>> RunAsync(
        string edge,
        IProgress<string>? progress,
        CancellationToken token
    )
    {
        if (PacketBench.Of(lab, edge) is not { } bench)
        {
            return [];
        }

        progress?.Report($"{edge}: packets");
        await lab.WaitForSessionsAsync(Limit, token);
        await SessionBench.UntilAsync(() => TransferCase.ConnectsAsync(bench, token), Limit, token);
        var results = new List<CaseResult>();
        foreach (var run in Cases)
        {
            try
            {
                results.Add(await run(bench, token));
            }
            catch (Exception exception)
                when (exception is SocketException or IOException
                    || (exception is OperationCanceledException && !token.IsCancellationRequested)
                )
            {
                results.Add(
                    bench.Result("packets", "packets are forwarded", false, exception.Message)
                );
            }
        }

        return results;
    }
}
