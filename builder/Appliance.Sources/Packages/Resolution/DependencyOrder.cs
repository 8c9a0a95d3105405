namespace Appliance.Sources.Packages.Resolution;

/// <summary>
/// The order in which packages are installed: each after all it depends on, and of several that could be next the first by
/// name. Source: pkg_jobs_schedule_topological_sort of libpkg/pkg_jobs_schedule.c of pkg(8).
/// </summary>
internal sealed class DependencyOrder<T>
    where T : class
{
    public DependencyOrder(
        IReadOnlyList<T> packages,
        Func<T, string> name,
        Func<T, IEnumerable<string>> dependencies
    )
    {
        var byName = packages.ToDictionary(name, StringComparer.Ordinal);
        var open = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var neededBy = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (key, package) in byName)
        {
            open[key] = [.. dependencies(package).Where(byName.ContainsKey)];
            foreach (var dependency in open[key])
            {
                if (!neededBy.TryGetValue(dependency, out var users))
                {
                    neededBy[dependency] = users = [];
                }

                users.Add(key);
            }
        }

        Sorted = Sort(open, neededBy).ConvertAll(key => byName[key]);
        Loop = Sorted.Count < packages.Count ? FindLoop(open).ConvertAll(key => byName[key]) : null;
    }

    /// <summary>The packages in order; those in a loop, and those that need one of these, are missing.</summary>
    public List<T> Sorted { get; }

    /// <summary>The packages of a loop, each needing the next, the last the first; null where there is none.</summary>
    public List<T>? Loop { get; }

    private static List<string> Sort(
        Dictionary<string, HashSet<string>> open,
        Dictionary<string, List<string>> neededBy
    )
    {
        var sorted = new List<string>();
        var ready = new SortedSet<string>(
            open.Where(pair => pair.Value.Count == 0).Select(pair => pair.Key),
            StringComparer.Ordinal
        );
        while (ready.Min is { } next)
        {
            ready.Remove(next);
            open.Remove(next);
            sorted.Add(next);
            foreach (var user in neededBy.GetValueOrDefault(next) ?? [])
            {
                if (open[user].Remove(next) && open[user].Count == 0)
                {
                    ready.Add(user);
                }
            }
        }

        return sorted;
    }

    /// <summary>Whoever is left needs another one that is left: following these comes round.</summary>
    private static List<string> FindLoop(Dictionary<string, HashSet<string>> open)
    {
        var path = new List<string>();
        var current = open.Keys.Min(StringComparer.Ordinal)!;
        while (!path.Contains(current))
        {
            path.Add(current);
            current = open[current].Min(StringComparer.Ordinal)!;
        }

        return path[path.IndexOf(current)..];
    }
}
