using System.Globalization;
using System.Net;
using Appliance.Lab.Daemons;

namespace Appliance.Conformance.Sessions;

/// <summary>The kernel of an edge while bgpd is gone, look by look.</summary>
/// <param name="ours">Our prefixes, which the kernel drops as a whole.</param>
/// <param name="theirs">What neighbors had announced.</param>
internal sealed class KilledKernel(
    IReadOnlyCollection<IPNetwork> ours,
    IReadOnlyCollection<IPNetwork> theirs
)
{
    private readonly HashSet<IPNetwork> missing = [];
    private int looks;

    /// <summary>How long after the end of bgpd no route of a neighbor was left; null while there is one.</summary>
    public TimeSpan? Empty { get; private set; }

    /// <summary>Routes of neighbors that were there at the last look without bgpd.</summary>
    public IReadOnlyList<KernelRoute> Stale { get; private set; } = [];

    /// <summary>The kernel has dropped what is ours at every look.</summary>
    public bool Drops => looks > 0 && missing.Count == 0;

    /// <summary>A look while bgpd is gone.</summary>
    public void AddWithout(IReadOnlyList<KernelRoute> routes, TimeSpan elapsed)
    {
        Add(routes);
        Stale = [.. routes.Where(route => route.IsRouted && theirs.Contains(Destination(route)))];
        Empty = Stale.Count == 0 ? Empty ?? elapsed : null;
    }

    /// <summary>A look while it may be back.</summary>
    public void Add(IReadOnlyList<KernelRoute> routes)
    {
        looks++;
        missing.UnionWith(
            ours.Except(routes.Where(route => route.Drops).Select(route => Destination(route)))
        );
    }

    /// <summary>Those of one neighbor.</summary>
    /// <param name="neighbor">What it had announced.</param>
    public IReadOnlyList<KernelRoute> StaleOf(IReadOnlyCollection<IPNetwork> neighbor) =>
        [.. Stale.Where(route => neighbor.Contains(Destination(route)))];

    /// <summary>For people: routes of a neighbor, and the aggregates.</summary>
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
                $"{routes}; blackholes of {string.Join(", ", ours)} there at all {looks} looks"
            )
            : $"{routes}; no blackhole of {string.Join(", ", missing)}";
    }

    private static IPNetwork Destination(KernelRoute route) => IPNetwork.Parse(route.Destination);
}
