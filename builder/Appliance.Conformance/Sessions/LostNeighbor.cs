using System.Net;
using Appliance.Conformance.Bgp;
using Appliance.Conformance.Routes;
using Appliance.Lab.Daemons;
using Appliance.Lab.Topology;

namespace Appliance.Conformance.Sessions;

/// <summary>A neighbor with two routes, one of which has a link-local next hop, too, where there are such.</summary>
internal sealed class LostNeighbor(LabSession session) : IAsyncDisposable
{
    private readonly IReadOnlyList<IPNetwork> prefixes = TwoOf(new ProbeSpace(session));
    private BgpSpeaker? speaker;

    public LabSession Session => session;

    public string Prefixes => string.Join(", ", prefixes);

    /// <summary>Its routes were in the kernel once.</summary>
    public bool WasTaken { get; private set; }

    public async Task StandAsync(SessionBench bench, CancellationToken token)
    {
        speaker = await bench.EstablishAsync(session, token);
        await speaker.AnnounceAsync(new Announcement { Prefix = prefixes[0] }, token);
        await speaker.AnnounceAsync(
            new Announcement
            {
                Prefix = prefixes[1],
                NextHop = session.UpstreamLinkLocal is { } linkLocal
                    ? [session.UpstreamAddress, linkLocal]
                    : null,
            },
            token
        );
    }

    public bool IsTaken(EdgeObservation seen)
    {
        var taken = prefixes.All(prefix => SessionBench.IsTaken(seen, prefix, session));
        WasTaken |= taken;
        return taken;
    }

    /// <summary>Whatever the kernel has to one of its prefixes.</summary>
    public IReadOnlyList<KernelRoute> KernelRoutes(EdgeObservation seen) =>
        [.. prefixes.SelectMany(seen.Kernel)];

    public async ValueTask DisposeAsync()
    {
        if (speaker is not null)
        {
            await speaker.DisposeAsync();
            speaker = null;
        }
    }

    private static IReadOnlyList<IPNetwork> TwoOf(ProbeSpace space) => [space.Next(), space.Next()];
}
