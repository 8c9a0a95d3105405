using System.Net;
using Appliance.Rendering.Documents;

namespace Appliance.Conformance.Sessions;

/// <summary>The neighbors of an edge that restarts, and the results of each.</summary>
internal sealed class RestartNeighbors(SessionBench bench)
{
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(15);

    private readonly List<CaseResult> results = [];

    public IReadOnlyList<CaseResult> Results => results;

    public List<RestartNeighbor> All { get; } =
    [
        .. bench.Sessions.Select(session => new RestartNeighbor(
            session,
            token => bench.EstablishAsync(session, token)
        )),
    ];

    /// <summary>The neighbors whose routes the edge accepts.</summary>
    public IEnumerable<RestartNeighbor> Accepting =>
        All.Where(item => SessionBench.AcceptsRoutes(item.Session));

    /// <summary>
    /// Keeps the neighbors connected, from when bgpd listens and again when a line of the configuration resets them, until
    /// the work is done.
    /// </summary>
    public Task KeepConnectedAsync(Task work, CancellationToken token) =>
        Task.WhenAll([work, .. All.Select(item => item.KeepConnectedAsync(work, token))]);

    /// <summary>
    /// Waits until bgpd, which has read its configuration, reports every session as established; it resets sessions while
    /// it reads, so earlier ones do not count.
    /// </summary>
    public Task<bool> EstablishedAsync(CancellationToken token) =>
        bench.WaitAsync(
            async () =>
            {
                var states = await bench.StatesAsync(token);
                return states.Where(state => !state.Session.IsShutDown).All(state => state.IsUp);
            },
            SessionBench.SessionLimit,
            token
        );

    /// <summary>Waits until one route of each neighbor is accepted and in the kernel.</summary>
    public Task<bool> AcceptedAsync(
        Func<RestartNeighbor, IPNetwork> prefix,
        CancellationToken token
    ) =>
        bench.WaitAsync(
            async () =>
            {
                var seen = await bench.LookAsync(token);
                return Accepting.All(item =>
                    SessionBench.IsAccepted(seen, prefix(item), item.Session)
                );
            },
            Limit,
            token
        );

    /// <summary>Waits until every neighbor has received all of its routes; excess routes are judged afterwards.</summary>
    public Task<bool> AllRoutesAsync(TimeSpan limit, CancellationToken token) =>
        bench.WaitAsync(() => Task.FromResult(All.TrueForAll(HasAllRoutes)), limit, token);

    /// <summary>Whether a neighbor is up and has received its routes and no others.</summary>
    public bool HasAllRoutes(RestartNeighbor item) =>
        Judge(item, ended: false).All(result => result.Outcome == CaseOutcome.Passed);

    /// <summary>Judges what every neighbor received.</summary>
    /// <param name="ended">The edge has stopped and withdrawn its routes.</param>
    /// <param name="beside">Further evidence.</param>
    public void Judge(string id, string title, bool ended = false, string? beside = null)
    {
        foreach (var item in All)
        {
            var judged = Judge(item, ended).ToList();
            var wrong = judged.Where(result => result.Outcome == CaseOutcome.Failed).ToList();
            var evidence = (wrong.Count == 0 ? judged : wrong).Select(result => result.Evidence);
            Add(
                item,
                id,
                title,
                wrong.Count == 0,
                string.Join("; ", beside is null ? evidence : evidence.Append(beside))
            );
        }
    }

    public void Add(RestartNeighbor item, string id, string title, bool right, string evidence) =>
        results.Add(SessionBench.Result(item.Session, id, title, right, evidence));

    /// <summary>Adds a case that applies to no neighbor of this edge.</summary>
    public void AddSkipped(string id, string title, string why) =>
        results.Add(new(bench.Edge, id, title, CaseOutcome.Skipped, why));

    /// <summary>Closes all sessions and clears their logs.</summary>
    public async Task CloseAsync()
    {
        foreach (var item in All)
        {
            await item.DisposeAsync();
        }
    }

    private IEnumerable<CaseResult> Judge(RestartNeighbor item, bool ended) =>
        item.Judge(bench.Document, CustomersBeside(item), ended);

    private List<IPNetwork> CustomersBeside(RestartNeighbor to) =>
        [
            .. All.Where(item =>
                    item != to
                    && item.Session.IsIpv6 == to.Session.IsIpv6
                    && item.Session.Neighbor.Role == NeighborRole.Customer
                )
                .SelectMany(item => new[] { item.Ordinary, item.Invalid }),
        ];
}
