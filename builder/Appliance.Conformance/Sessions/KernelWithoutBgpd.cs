using System.Globalization;
using System.Net;
using Appliance.Lab.Daemons;

namespace Appliance.Conformance.Sessions;

/// <summary>The kernel's routes of an edge while bgpd is down, observation by observation.</summary>
/// <param name="ours">Our prefixes, which have blackhole routes.</param>
/// <param name="theirs">Prefixes that neighbors had announced.</param>
internal sealed class KernelWithoutBgpd(
    IReadOnlyCollection<IPNetwork> ours,
    IReadOnlyCollection<IPNetwork> theirs
)
{
    private readonly HashSet<IPNetwork> missing = [];
    private int looks;

    /// <summary>Time from the end of bgpd until no route of a neighbor was left; null while there is one.</summary>
    public TimeSpan? Empty { get; private set; }

    /// <summary>Routes of neighbors at the last observation without bgpd.</summary>
    public IReadOnlyList<KernelRoute> Stale { get; private set; } = [];

    /// <summary>Every observation had the blackholes of our prefixes.</summary>
    public bool Drops => looks > 0 && missing.Count == 0;

    /// <summary>Adds an observation while bgpd is down.</summary>
    public void AddWithout(IReadOnlyList<KernelRoute> routes, TimeSpan elapsed)
    {
        Add(routes);
        Stale = [.. routes.Where(route => route.IsRouted && theirs.Contains(Destination(route)))];
        Empty = Stale.Count == 0 ? Empty ?? elapsed : null;
    }

    /// <summary>Adds an observation while it may be running again.</summary>
    public void Add(IReadOnlyList<KernelRoute> routes)
    {
        looks++;
        missing.UnionWith(
            ours.Except(routes.Where(route => route.Drops).Select(route => Destination(route)))
        );
    }

    /// <summary>Returns the stale routes of one neighbor.</summary>
    /// <param name="neighbor">Prefixes that it had announced.</param>
    public IReadOnlyList<KernelRoute> StaleOf(IReadOnlyCollection<IPNetwork> neighbor) =>
        [.. Stale.Where(route => neighbor.Contains(Destination(route)))];

    /// <summary>Describes the routes of a neighbor and the aggregates.</summary>
    public string Evidence(IReadOnlyCollection<IPNetwork> neighbor)
    {
        var left = StaleOf(neighbor);
        var routes =
            left.Count > 0 ? $"still in the kernel: {string.Join("; ", left)}"
            : Empty is { } time
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"no route of a neighbor in the kernel after {time.TotalSeconds:0.0} s"
                )
            : "no route of it in the kernel";
        return Drops
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{routes}; blackholes of {string.Join(", ", ours)} present in all {looks} observations"
            )
            : $"{routes}; no blackhole of {string.Join(", ", missing)}";
    }

    private static IPNetwork Destination(KernelRoute route) => IPNetwork.Parse(route.Destination);
}
