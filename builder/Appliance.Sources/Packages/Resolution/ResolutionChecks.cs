using System.Globalization;

namespace Appliance.Sources.Packages.Resolution;

/// <summary>What is to be said about packages that were chosen together.</summary>
internal static class ResolutionChecks
{
    /// <summary>As far as this a package may be newer than the release before pkg refuses it without asking.</summary>
    private const int NegligibleDifference = 100_000;

    /// <summary>The category of ports that make kernel modules.</summary>
    private const string KernelModules = "kld";

    public static IEnumerable<string> Conflicts(IReadOnlyList<Choice> choices)
    {
        var byName = choices.ToDictionary(choice => choice.Package.Name, StringComparer.Ordinal);
        foreach (var choice in choices)
        {
            foreach (var name in choice.Package.Conflicts)
            {
                if (name != choice.Package.Name && byName.TryGetValue(name, out var other))
                {
                    yield return $"{choice} is in conflict with {other}";
                }
            }
        }
    }

    /// <summary>Packages of a later major version. Source: is_valid_os_version of libpkg/utils.c of pkg(8).</summary>
    public static IEnumerable<string> TooNew(IReadOnlyList<Choice> choices, TargetSystem system) =>
        choices
            .Where(choice =>
                Difference(choice, system) is { } difference && difference >= NegligibleDifference
            )
            .Select(choice =>
                $"{choice} was made for FreeBSD {choice.Package.OsVersion}, the image is {system.OsVersion}"
            );

    public static IReadOnlyList<string> Warnings(
        IReadOnlyList<Choice> choices,
        TargetSystem system
    ) =>
        [
            .. choices
                .Select(choice => (Choice: choice, Difference: Difference(choice, system) ?? 0))
                .Where(pair =>
                    pair.Difference > 0 || (pair.Difference != 0 && IsKernelModule(pair.Choice))
                )
                .Select(pair =>
                    IsKernelModule(pair.Choice)
                        ? $"{pair.Choice.Package.FullName} has kernel modules made for kernel version "
                            + $"{pair.Choice.Package.OsVersion}, the image's kernel is {system.OsVersion}: they may not load"
                        : $"{pair.Choice.Package.FullName} was made for FreeBSD {pair.Choice.Package.OsVersion}, the "
                            + $"image is {system.OsVersion}: it may use what the older system does not have"
                ),
        ];

    /// <summary>
    /// A loop of dependencies, named; null where there is none. pkg cannot install one either: it finds no order ("failed
    /// to break job scheduling cycle", libpkg/pkg_jobs_schedule.c).
    /// </summary>
    public static string? Loop(IReadOnlyList<Choice> choices)
    {
        var order = new DependencyOrder<Choice>(
            choices,
            choice => choice.Package.Name,
            choice => choice.Package.Dependencies
        );
        return order.Loop is { } loop
            ? "a dependency loop: "
                + string.Join(
                    " -> ",
                    loop.Append(loop[0]).Select(choice => choice.Package.FullName)
                )
            : null;
    }

    private static bool IsKernelModule(Choice choice) =>
        choice.Package.Categories.Contains(KernelModules);

    /// <summary>By how much a package is made for a newer system; null where one of the two is not known.</summary>
    private static int? Difference(Choice choice, TargetSystem system) =>
        int.TryParse(
            choice.Package.OsVersion,
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var version
        )
            ? version - system.OsVersion
            : null;
}
