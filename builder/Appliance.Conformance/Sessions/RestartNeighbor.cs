using System.Net;
using Appliance.Conformance.Bgp;
using Appliance.Conformance.Routes;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;

namespace Appliance.Conformance.Sessions;

/// <summary>
/// A neighbor with one route without a ROA and one invalid route. It reconnects when its session ends, and keeps the
/// logs of ended sessions.
/// </summary>
/// <param name="establish">Opens its session, with retries until the edge accepts it.</param>
internal sealed class RestartNeighbor(
    LabSession session,
    Func<CancellationToken, Task<BgpSpeaker>> establish
) : IAsyncDisposable
{
    /// <summary>More resets than a configuration causes.</summary>
    private const int MostReturns = 20;

    /// <summary>The first prefixes have ROAs of other cases.</summary>
    private const int UsedByOthers = 4;

    private readonly List<BgpSessionLog> earlier = [];
    private BgpSpeaker? speaker;

    public LabSession Session => session;

    public IPNetwork Ordinary { get; } = Prefix(session, UsedByOthers);

    public IPNetwork Invalid { get; } = Prefix(session, UsedByOthers + 1);

    public bool IsUp => speaker is { IsClosed: false };

    /// <summary>All routes that it received, on ended sessions, too.</summary>
    public IReadOnlyList<ReceivedRoute> ReceivedRoutes =>
        [.. Logs.SelectMany(log => log.ReceivedRoutes)];

    /// <summary>All prefixes that were withdrawn on its sessions.</summary>
    public IReadOnlyList<IPNetwork> WithdrawnPrefixes =>
        [.. Logs.SelectMany(log => log.WithdrawnPrefixes)];

    private IEnumerable<BgpSessionLog> Logs =>
        earlier.Concat(speaker is null ? [] : new[] { speaker.Log });

    /// <summary>Describes the state of the session.</summary>
    public string State => speaker is null ? "none" : speaker.Log.Ending ?? "established";

    /// <summary>Opens the session, and reopens it whenever it ends until other the work is done.</summary>
    public async Task KeepConnectedAsync(Task work, CancellationToken token)
    {
        await ConnectAsync(token);
        for (var returns = 0; returns < MostReturns; returns++)
        {
            await Task.WhenAny(work, speaker!.Closed);
            if (IsUp)
            {
                return;
            }

            earlier.Add(speaker.Log);
            await speaker.DisposeAsync();
            await ConnectAsync(token);
        }
    }

    /// <summary>Judges what was advertised on this session and on those before it.</summary>
    /// <param name="customers">Routes of customers that the edge has accepted on other sessions.</param>
    /// <param name="ended">The edge has stopped: withdrawn routes need not be advertised.</param>
    public IEnumerable<CaseResult> Judge(
        SiteDocument edge,
        IReadOnlyCollection<IPNetwork> customers,
        bool ended
    )
    {
        var judge = new ExportJudge(edge, session, customers, requests: []);
        foreach (var log in earlier)
        {
            var result = judge.NothingElse(log);
            yield return result with
            {
                Evidence = $"on a session that ended ({log.Ending}): {result.Evidence}",
            };
        }

        yield return judge.NothingElse(speaker!.Log);
        if (!ended)
        {
            yield return judge.Own(speaker.Log);
            yield return SessionBench.Result(session, "", "", IsUp, $"session {State}");
        }
    }

    /// <summary>Closes the session and clears the logs.</summary>
    public async ValueTask DisposeAsync()
    {
        earlier.Clear();
        if (speaker is not null)
        {
            await speaker.DisposeAsync();
            speaker = null;
        }
    }

    private async Task ConnectAsync(CancellationToken token)
    {
        speaker = await establish(token);
        try
        {
            foreach (var prefix in new[] { Ordinary, Invalid })
            {
                await speaker.AnnounceAsync(new Announcement { Prefix = prefix }, token);
            }
        }
        catch (IOException)
        {
            // The edge has ended it already; its last messages are still to be read.
            await speaker.Closed;
        }
    }

    private static IPNetwork Prefix(LabSession session, int number)
    {
        var space = new ProbeSpace(session);
        for (var i = 0; i < number; i++)
        {
            space.Next();
        }

        return space.Next();
    }
}
