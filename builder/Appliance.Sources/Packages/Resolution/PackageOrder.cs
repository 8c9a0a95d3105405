using Appliance.Sources.Packages.Manifests;

namespace Appliance.Sources.Packages.Resolution;

/// <summary>The order in which packages are installed, from what their manifests say.</summary>
public static class PackageOrder
{
    /// <summary>
    /// The same packages, each after all it depends on; of several that could be next the first by name. What their own
    /// manifests say counts here: a catalogue or a lock that left out a dependency is found out.
    /// </summary>
    /// <exception cref="SourceException">They depend on each other in a loop, or on a package that is not among them.</exception>
    public static IReadOnlyList<T> Sort<T>(
        IReadOnlyList<T> packages,
        Func<T, PackageManifest> manifest
    )
        where T : class
    {
        ArgumentNullException.ThrowIfNull(packages);
        ArgumentNullException.ThrowIfNull(manifest);
        CheckComplete([.. packages.Select(manifest)]);
        var order = new DependencyOrder<T>(
            packages,
            package => manifest(package).Name,
            package => manifest(package).Dependencies.Select(dependency => dependency.Name)
        );
        return order.Loop is { } loop
            ? throw new SourceException(
                SourceFailure.Unresolvable,
                "a dependency loop: "
                    + string.Join(
                        " -> ",
                        loop.Append(loop[0]).Select(package => manifest(package).Name)
                    )
            )
            : order.Sorted;
    }

    private static void CheckComplete(IReadOnlyList<PackageManifest> manifests)
    {
        var names = manifests.Select(manifest => manifest.Name).ToHashSet(StringComparer.Ordinal);
        var missing = manifests
            .SelectMany(manifest =>
                manifest
                    .Dependencies.Where(dependency => !names.Contains(dependency.Name))
                    .Select(dependency => $"{manifest.Name} needs {dependency.Name}")
            )
            .ToList();
        if (missing.Count > 0)
        {
            throw new SourceException(
                SourceFailure.Unresolvable,
                $"{string.Join(", ", missing)}, say the packages themselves, but that is not among the packages. "
                    + "The catalogue or the lock does not say the same: renew it with `appliance lock --update`"
            );
        }
    }
}
