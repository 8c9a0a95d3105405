using System.Net;
using Appliance.Conformance.Bgp;
using Appliance.Conformance.Routes;
using Appliance.Lab.Daemons;
using Appliance.Lab.Topology;

namespace Appliance.Conformance.Sessions;

/// <summary>A neighbor with two routes, one of which also has a link-local next hop where the session has one.</summary>
internal sealed class LinkFailureNeighbor(LabSession session) : IAsyncDisposable
{
    private readonly IReadOnlyList<IPNetwork> prefixes = TwoOf(new ProbeSpace(session));
    private BgpSpeaker? speaker;

    public LabSession Session => session;

    public string Prefixes => string.Join(", ", prefixes);

    /// <summary>Whether its routes were in the kernel before the failure.</summary>
    public bool WasAccepted { get; private set; }

    public async Task KeepConnectedAsync(SessionBench bench, CancellationToken token)
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

    public bool IsAccepted(EdgeObservation seen)
    {
        var accepted = prefixes.All(prefix => SessionBench.IsAccepted(seen, prefix, session));
        WasAccepted |= accepted;
        return accepted;
    }

    /// <summary>Returns the kernel's routes to its prefixes.</summary>
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
