namespace Appliance.Build.Packages.Installation;

/// <summary>The order in which packages are installed: what is needed before what needs it, else by name.</summary>
internal static class InstallationOrder
{
    /// <summary>The same packages, ordered. Where packages need each other in a circle, the name decides.</summary>
    public static IReadOnlyList<T> Of<T>(
        IEnumerable<T> packages,
        Func<T, string> name,
        Func<T, IEnumerable<string>> needs
    )
    {
        var known = packages.ToDictionary(name, StringComparer.Ordinal);
        var ordered = new List<T>(known.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        void Visit(string next)
        {
            if (!known.TryGetValue(next, out var package) || !seen.Add(next))
            {
                return;
            }

            foreach (var needed in needs(package).Order(StringComparer.Ordinal))
            {
                Visit(needed);
            }

            ordered.Add(package);
        }

        foreach (var first in known.Keys.Order(StringComparer.Ordinal))
        {
            Visit(first);
        }

        return ordered;
    }
}
