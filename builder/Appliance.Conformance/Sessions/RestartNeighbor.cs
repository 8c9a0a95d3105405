using System.Net;
using Appliance.Conformance.Bgp;
using Appliance.Conformance.Routes;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;

namespace Appliance.Conformance.Sessions;

/// <summary>
/// A neighbor with one route that RPKI knows nothing of, and one that it forbids. It comes again when its session ends,
/// and forgets nothing of what it heard before.
/// </summary>
/// <param name="establish">Opens its session, again and again until the edge takes it.</param>
internal sealed class RestartNeighbor(
    LabSession session,
    Func<CancellationToken, Task<BgpSpeaker>> establish
) : IAsyncDisposable
{
    /// <summary>More resets than a configuration has lines that cause one.</summary>
    private const int MostReturns = 20;

    /// <summary>The first ones have ROAs of other cases.</summary>
    private const int UsedByOthers = 4;

    private readonly List<BgpHeard> earlier = [];
    private BgpSpeaker? speaker;

    public LabSession Session => session;

    public IPNetwork Ordinary { get; } = Prefix(session, UsedByOthers);

    public IPNetwork Invalid { get; } = Prefix(session, UsedByOthers + 1);

    public bool IsUp => speaker is { IsClosed: false };

    /// <summary>All that it heard, on sessions that ended, too.</summary>
    public IReadOnlyList<ReceivedRoute> Told => [.. Heard.SelectMany(heard => heard.Told)];

    /// <summary>All that was taken back while a session stood.</summary>
    public IReadOnlyList<IPNetwork> TakenBack => [.. Heard.SelectMany(heard => heard.TakenBack)];

    private IEnumerable<BgpHeard> Heard =>
        earlier.Concat(speaker is null ? [] : new[] { speaker.Heard });

    /// <summary>How the session is, for people.</summary>
    public string State => speaker is null ? "none" : speaker.Heard.Ending ?? "established";

    /// <summary>Opens the session, and again whenever it ends while something else is at work.</summary>
    public async Task StandAsync(Task work, CancellationToken token)
    {
        await ConnectAsync(token);
        for (var returns = 0; returns < MostReturns; returns++)
        {
            await Task.WhenAny(work, speaker!.Closed);
            if (IsUp)
            {
                return;
            }

            earlier.Add(speaker.Heard);
            await speaker.DisposeAsync();
            await ConnectAsync(token);
        }
    }

    /// <summary>What was told on this session and on those before it, against what may be told.</summary>
    /// <param name="customers">Routes of customers that the edge has taken elsewhere.</param>
    /// <param name="ended">The edge has gone: what it took back it need not tell.</param>
    public IEnumerable<CaseResult> Judge(
        SiteDocument edge,
        IReadOnlyCollection<IPNetwork> customers,
        bool ended
    )
    {
        var judge = new ExportJudge(edge, session, customers, requests: []);
        foreach (var heard in earlier)
        {
            var result = judge.NothingElse(heard);
            yield return result with
            {
                Evidence = $"on a session that ended ({heard.Ending}): {result.Evidence}",
            };
        }

        yield return judge.NothingElse(speaker!.Heard);
        if (!ended)
        {
            yield return judge.Own(speaker.Heard);
            yield return SessionBench.Result(session, "", "", IsUp, $"session {State}");
        }
    }

    /// <summary>Goes, and forgets.</summary>
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
            // The edge has ended it already; what it had said until then is still to be read.
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
