namespace Appliance.Rendering.Tests;

/// <summary>Says which line of which file differs.</summary>
internal static class GoldenComparison
{
    /// <summary>One line per difference; the first differing line of a file stands for the file.</summary>
    public static IReadOnlyList<string> Compare(
        IReadOnlyDictionary<string, string> recorded,
        IReadOnlyDictionary<string, string> rendered
    ) =>
        [
            .. recorded
                .Keys.Union(rendered.Keys)
                .Order(StringComparer.Ordinal)
                .Select(path =>
                    Difference(
                        path,
                        recorded.GetValueOrDefault(path),
                        rendered.GetValueOrDefault(path)
                    )
                )
                .OfType<string>(),
        ];

    private static string? Difference(string path, string? want, string? got)
    {
        if (want is null || got is null)
        {
            return want is null
                ? $"{path}: is rendered but not recorded"
                : $"{path}: is no longer rendered";
        }

        if (want == got)
        {
            return null;
        }

        var wanted = want.Split('\n');
        var found = got.Split('\n');
        var line = Enumerable
            .Range(0, Math.Max(wanted.Length, found.Length))
            .First(index => wanted.ElementAtOrDefault(index) != found.ElementAtOrDefault(index));
        return $"{path}:{line + 1}: got '{found.ElementAtOrDefault(line)}', want '{wanted.ElementAtOrDefault(line)}'";
    }
}
