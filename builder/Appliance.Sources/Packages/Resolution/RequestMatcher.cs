namespace Appliance.Sources.Packages.Resolution;

/// <summary>
/// Finds the packages that a request names: <c>frr10</c>, <c>frr10-10.2.1</c>, <c>net/frr10</c>,
/// <c>devel/py-setuptools@py311</c>, or a pattern of one of these with <c>*</c> and <c>?</c>. Source: pkgdb_get_pattern_query
/// of libpkg/pkgdb_query.c of pkg(8).
/// </summary>
internal sealed class RequestMatcher(PackageUniverse universe)
{
    /// <summary>The names of packages, and for each the version that has to be taken, null for any.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="wrong">What is wrong with it where nothing is found.</param>
    public IReadOnlyList<(string Name, string? Version)> Match(string request, out string? wrong)
    {
        var isPattern = Glob.IsPattern(request);
        if (!isPattern && universe.All(request).FirstOrDefault() is { } named)
        {
            wrong = null;
            return [(named.Package.Name, null)];
        }

        var matching = universe
            .Everything()
            .Where(candidate => IsMatch(request, candidate, isPattern));
        var found = matching
            .GroupBy(candidate => candidate.Package.Name, StringComparer.Ordinal)
            .ToList();
        wrong = found.Count switch
        {
            0 => $"{request}: no repository has it{Suggestion(request)}",
            > 1 when !isPattern && !HasPlainOne(request, ref found) =>
                $"{request}: several packages are made of it: "
                    + $"{string.Join(", ", found.Select(group => group.Key).Order(StringComparer.Ordinal))}. Name one of these",
            _ => null,
        };
        var isVersioned = !isPattern && !request.Contains('/', StringComparison.Ordinal);
        return wrong is not null
            ? []
            :
            [
                .. found
                    .OrderBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group =>
                        (group.Key, isVersioned ? group.First().Package.Version : null)
                    ),
            ];
    }

    private static bool IsMatch(string request, Candidate candidate, bool isPattern)
    {
        var package = candidate.Package;
        if (!request.Contains('/', StringComparison.Ordinal))
        {
            return Is(request, package.Name, isPattern) || Is(request, package.FullName, isPattern);
        }

        var suffix = request.Contains('@', StringComparison.Ordinal) ? $"@{package.Flavor}" : "";
        if (suffix == "@" || !package.Origin.Contains('/', StringComparison.Ordinal))
        {
            return false;
        }

        // A port is also known by its further categories.
        var port = package.Origin[package.Origin.IndexOf('/', StringComparison.Ordinal)..];
        return Is(request, package.Origin + suffix, isPattern)
            || package.Categories.Any(category => Is(request, category + port + suffix, isPattern));
    }

    private static bool Is(string request, string text, bool isPattern) =>
        isPattern ? Glob.IsMatch(request, text) : request == text;

    /// <summary>Of several packages of a port the one with the name of the port is meant.</summary>
    private static bool HasPlainOne(string request, ref List<IGrouping<string, Candidate>> found)
    {
        var port = request[(request.LastIndexOf('/') + 1)..];
        var plain = found.Where(group => group.Key == port).ToList();
        found = plain.Count == 1 ? plain : found;
        return plain.Count == 1;
    }

    private string Suggestion(string request)
    {
        var port = request[(request.LastIndexOf('/') + 1)..].Split('@')[0].TrimEnd('*', '?');
        var near = universe
            .Everything()
            .Select(candidate => candidate.Package.Name)
            .Where(name =>
                port.Length > 2 && name.StartsWith(port[..^1], StringComparison.OrdinalIgnoreCase)
            )
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Take(5)
            .ToList();
        return near.Count == 0 ? "" : $". There is {string.Join(", ", near)}";
    }
}
