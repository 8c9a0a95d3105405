using Appliance.Conformance.Routes;
using Appliance.Lab.Rpki;
using Appliance.Lab.Topology;
using Appliance.Rendering.Policies;

namespace Appliance.Conformance.Sessions;

/// <summary>RPKI caches around the restart of an edge: they are gone before it, come after it, and die.</summary>
internal sealed class RestartCaches(SessionBench bench, RestartStand stand, HeldEdge held)
{
    private const uint Stranger = LabNumbers.WorldAsn + 901;
    private const string TitleWithout =
        "while no RPKI cache answers nothing is invalid, and routes are taken";

    private static readonly TimeSpan Dead = TimeSpan.FromSeconds(3);

    /// <summary>The edge asks caches at all.</summary>
    public bool Any => bench.Document.Bgp!.RpkiCaches.Count > 0;

    /// <summary>They forbid a route of each neighbor, and then they go, unless the edge would not speak without them.</summary>
    public async Task GoAsync(CancellationToken token)
    {
        if (!Any)
        {
            return;
        }

        await RoaChange.SetAsync(
            bench.Lab,
            bench.Edge,
            [
                .. stand.Taking.Select(item => new RoaEntry(
                    item.Invalid,
                    item.Invalid.PrefixLength,
                    Stranger
                )),
            ],
            token
        );
        if (!held.HoldsSessions)
        {
            await bench.Lab.Rpki.StopAsync();
        }
    }

    /// <summary>Judges the edge without them, and with the first one that answers.</summary>
    public async Task ComeAsync(CancellationToken token)
    {
        if (held.HoldsSessions)
        {
            stand.AddSkipped(
                "rpki-absent",
                TitleWithout,
                "its preflight lets no session up before a cache answers"
            );
        }
        else
        {
            await JudgeWithoutAsync(token);
            await bench.Lab.Rpki.StartAsync(token);
        }

        // The retry of a minute is not waited for.
        await bench.Router.CommandAsync(["rpki stop"], token);
        await bench.Router.CommandAsync(["rpki start"], token);
        await RoaChange.SetAsync(bench.Lab, bench.Edge, [.. bench.Lab.Rpki.Entries], token);
        await bench.Router.CommandAsync([FrrPolicy.RevalidationCommand], token);
        await JudgeWithAsync(
            "rpki-arrives",
            "once a cache answers, what RPKI calls invalid goes with the next revalidation",
            "a cache has come",
            token
        );
    }

    public async Task DieAsync(CancellationToken token)
    {
        await bench.Lab.Rpki.StopAsync();
        await Task.Delay(Dead, token);
        await bench.Router.CommandAsync([FrrPolicy.RevalidationCommand], token);
        await JudgeWithAsync(
            "rpki-dies",
            "when the caches die, what is known of RPKI still counts, and sessions stay",
            "the caches have been dead for 3 s",
            token
        );
        await bench.Lab.Rpki.StartAsync(token);
    }

    /// <summary>Leaves them as other cases expect them.</summary>
    public async Task RestoreAsync(CancellationToken token)
    {
        if (Any && !bench.Lab.Rpki.AreUp)
        {
            await bench.Lab.Rpki.StartAsync(token);
        }
    }

    private async Task JudgeWithoutAsync(CancellationToken token)
    {
        await stand.TakenAsync(item => item.Invalid, token);
        var seen = await bench.LookAsync(token);
        foreach (var item in stand.Taking)
        {
            var (good, bad) = Taken(seen, item);
            stand.Add(
                item,
                "rpki-absent",
                TitleWithout,
                good && bad,
                $"no cache since the start: {item.Ordinary} and {item.Invalid}, which a ROA forbids, in the kernel: {good}, {bad}"
            );
        }
    }

    private async Task JudgeWithAsync(string id, string title, string when, CancellationToken token)
    {
        EdgeObservation seen = null!;
        await bench.WaitAsync(
            async () =>
            {
                seen = await bench.LookAsync(token);
                return stand.Taking.All(item => Taken(seen, item) == (true, false));
            },
            RestartStand.Limit,
            token
        );
        foreach (var item in stand.Taking)
        {
            var (good, bad) = Taken(seen, item);
            stand.Add(
                item,
                id,
                title,
                good && !bad && item.IsUp,
                $"{when}: {item.Ordinary} in the kernel: {good}; {item.Invalid}, which a ROA forbids: {bad}; session {item.State}"
            );
        }
    }

    private static (bool Ordinary, bool Invalid) Taken(
        EdgeObservation seen,
        RestartNeighbor item
    ) =>
        (
            SessionBench.IsTaken(seen, item.Ordinary, item.Session),
            SessionBench.IsTaken(seen, item.Invalid, item.Session)
        );
}
