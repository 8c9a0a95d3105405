using Appliance.Sources.Packages.Manifests;

namespace Appliance.Sources.Packages.Resolution;

/// <summary>The order in which packages are installed, from what their manifests say.</summary>
public static class PackageOrder
{
    /// <summary>The same packages, each after all it depends on; of several that could be next the first by name.</summary>
    /// <exception cref="SourceException">They depend on each other in a loop.</exception>
    public static IReadOnlyList<T> Sort<T>(
        IReadOnlyList<T> packages,
        Func<T, PackageManifest> manifest
    )
        where T : class
    {
        ArgumentNullException.ThrowIfNull(packages);
        ArgumentNullException.ThrowIfNull(manifest);
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
}
