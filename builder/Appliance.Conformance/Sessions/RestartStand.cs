using System.Net;
using Appliance.Rendering.Documents;

namespace Appliance.Conformance.Sessions;

/// <summary>The neighbors of an edge that restarts, and what is said of them.</summary>
internal sealed class RestartStand(SessionBench bench)
{
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(15);

    private readonly List<CaseResult> results = [];

    public IReadOnlyList<CaseResult> Results => results;

    public List<RestartNeighbor> Neighbors { get; } =
    [
        .. bench.Sessions.Select(session => new RestartNeighbor(
            session,
            token => bench.EstablishAsync(session, token)
        )),
    ];

    /// <summary>Those whose routes the edge takes.</summary>
    public IEnumerable<RestartNeighbor> Taking =>
        Neighbors.Where(item => SessionBench.TakesRoutes(item.Session));

    /// <summary>
    /// The neighbors come as soon as bgpd listens, and again when a later line of the configuration resets them, until the
    /// work is done.
    /// </summary>
    public Task StandAsync(Task work, CancellationToken token) =>
        Task.WhenAll([work, .. Neighbors.Select(item => item.StandAsync(work, token))]);

    /// <summary>
    /// Waits until bgpd, which has read its configuration, calls every session established; it resets sessions for what it
    /// reads, so those that stood before do not count.
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

    /// <summary>Waits until one of each neighbor's routes is where packets find it.</summary>
    public Task<bool> TakenAsync(
        Func<RestartNeighbor, IPNetwork> prefix,
        CancellationToken token
    ) =>
        bench.WaitAsync(
            async () =>
            {
                var seen = await bench.LookAsync(token);
                return Taking.All(item => SessionBench.IsTaken(seen, prefix(item), item.Session));
            },
            Limit,
            token
        );

    /// <summary>Waits until every neighbor has heard what it must hear; what it must not is judged afterwards.</summary>
    public Task<bool> ToldAsync(TimeSpan limit, CancellationToken token) =>
        bench.WaitAsync(() => Task.FromResult(Neighbors.TrueForAll(IsTold)), limit, token);

    /// <summary>A neighbor has heard what it must hear, nothing else, and is there.</summary>
    public bool IsTold(RestartNeighbor item) =>
        Judge(item, ended: false).All(result => result.Outcome == CaseOutcome.Passed);

    /// <summary>Judges what every neighbor was told.</summary>
    /// <param name="ended">The edge has gone, and taken back what it had told.</param>
    /// <param name="beside">What else was seen.</param>
    public void Judge(string id, string title, bool ended = false, string? beside = null)
    {
        foreach (var item in Neighbors)
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

    /// <summary>Something that is asked of no neighbor of this edge.</summary>
    public void AddSkipped(string id, string title, string why) =>
        results.Add(new(bench.Edge, id, title, CaseOutcome.Skipped, why));

    /// <summary>All go, and forget.</summary>
    public async Task DismissAsync()
    {
        foreach (var item in Neighbors)
        {
            await item.DisposeAsync();
        }
    }

    private IEnumerable<CaseResult> Judge(RestartNeighbor item, bool ended) =>
        item.Judge(bench.Document, CustomersBeside(item), ended);

    private List<IPNetwork> CustomersBeside(RestartNeighbor to) =>
        [
            .. Neighbors
                .Where(item =>
                    item != to
                    && item.Session.IsIpv6 == to.Session.IsIpv6
                    && item.Session.Neighbor.Role == NeighborRole.Customer
                )
                .SelectMany(item => new[] { item.Ordinary, item.Invalid }),
        ];
}
