using Appliance.Conformance.Routes;
using Appliance.Lab.Rpki;
using Appliance.Lab.Topology;
using Appliance.Rendering.Policies;

namespace Appliance.Conformance.Sessions;

/// <summary>RPKI caches around the restart of an edge: they stop before it, start after it, and fail.</summary>
internal sealed class RestartCaches(
    SessionBench bench,
    RestartNeighbors neighbors,
    EdgePreflight preflight
)
{
    private const uint UnrelatedAsn = LabNumbers.WorldAsn + 901;
    private const string TitleWithout =
        "while no RPKI cache responds, no route is invalid, and routes are accepted";

    private static readonly TimeSpan Dead = TimeSpan.FromSeconds(3);

    /// <summary>Whether the edge has RPKI caches.</summary>
    public bool Any => bench.Document.Bgp!.RpkiCaches.Count > 0;

    /// <summary>Makes a route of each neighbor invalid, then stops the caches, unless the edge holds its sessions without them.</summary>
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
                .. neighbors.Accepting.Select(item => new RoaEntry(
                    item.Invalid,
                    item.Invalid.PrefixLength,
                    UnrelatedAsn
                )),
            ],
            token
        );
        if (!preflight.HoldsSessions)
        {
            await bench.Lab.Rpki.StopAsync();
        }
    }

    /// <summary>Judges the edge without caches, and with the first one that responds.</summary>
    public async Task ComeAsync(CancellationToken token)
    {
        if (preflight.HoldsSessions)
        {
            neighbors.AddSkipped(
                "rpki-absent",
                TitleWithout,
                "its preflight holds all sessions until a cache responds"
            );
        }
        else
        {
            await JudgeWithoutAsync(token);
            await bench.Lab.Rpki.StartAsync(token);
        }

        // Skips the retry interval of a minute.
        await bench.Router.CommandAsync(["rpki stop"], token);
        await bench.Router.CommandAsync(["rpki start"], token);
        await RoaChange.SetAsync(bench.Lab, bench.Edge, [.. bench.Lab.Rpki.Entries], token);
        await bench.Router.CommandAsync([FrrPolicy.RevalidationCommand], token);
        await JudgeWithAsync(
            "rpki-arrives",
            "once a cache responds, invalid routes are removed with the next revalidation",
            "a cache has responded",
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
            "when the caches fail, their last ROAs stay in force, and sessions stay up",
            "the caches have been down for 3 s",
            token
        );
        await bench.Lab.Rpki.StartAsync(token);
    }

    /// <summary>Starts them again for the other cases.</summary>
    public async Task RestoreAsync(CancellationToken token)
    {
        if (Any && !bench.Lab.Rpki.AreUp)
        {
            await bench.Lab.Rpki.StartAsync(token);
        }
    }

    private async Task JudgeWithoutAsync(CancellationToken token)
    {
        await neighbors.AcceptedAsync(item => item.Invalid, token);
        var seen = await bench.LookAsync(token);
        foreach (var item in neighbors.Accepting)
        {
            var (good, bad) = Accepted(seen, item);
            neighbors.Add(
                item,
                "rpki-absent",
                TitleWithout,
                good && bad,
                $"no cache since the start: {item.Ordinary} and {item.Invalid}, which a ROA makes invalid, in the kernel: {good}, {bad}"
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
                return neighbors.Accepting.All(item => Accepted(seen, item) == (true, false));
            },
            RestartNeighbors.Limit,
            token
        );
        foreach (var item in neighbors.Accepting)
        {
            var (good, bad) = Accepted(seen, item);
            neighbors.Add(
                item,
                id,
                title,
                good && !bad && item.IsUp,
                $"{when}: {item.Ordinary} in the kernel: {good}; {item.Invalid}, which a ROA makes invalid: {bad}; session {item.State}"
            );
        }
    }

    private static (bool Ordinary, bool Invalid) Accepted(
        EdgeObservation seen,
        RestartNeighbor item
    ) =>
        (
            SessionBench.IsAccepted(seen, item.Ordinary, item.Session),
            SessionBench.IsAccepted(seen, item.Invalid, item.Session)
        );
}
