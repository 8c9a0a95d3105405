namespace Appliance.Model.Yaml;

/// <summary>Finds the word that was probably meant.</summary>
public static class Spelling
{
    /// <summary>The nearest of the known words, if it is near enough to be a misspelling.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        var allowed = Math.Clamp(word.Length / 3, 1, 3);
        return known
            .Where(candidate => Math.Abs(candidate.Length - word.Length) <= allowed)
            .Select(candidate => (candidate, distance: Distance(word, candidate)))
            .Where(pair => pair.distance <= allowed)
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    /// <summary>A hint made of the nearest word, or of all of them.</summary>
    public static string Hint(string word, IReadOnlyCollection<string> known) =>
        Nearest(word, known) is { } nearest
            ? $"did you mean {nearest}?"
            : $"known here: {string.Join(", ", known)}";

    /// <summary>Insertions, deletions, substitutions and swaps of neighbors, case ignored.</summary>
    public static int Distance(string left, string right)
    {
        var before = new int[right.Length + 1];
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var row = new int[right.Length + 1];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var same = SameLetter(left[i - 1], right[j - 1]);
                row[j] = Math.Min(
                    Math.Min(row[j - 1], previous[j]) + 1,
                    previous[j - 1] + (same ? 0 : 1)
                );
                var isSwap =
                    i > 1
                    && j > 1
                    && SameLetter(left[i - 1], right[j - 2])
                    && SameLetter(left[i - 2], right[j - 1]);
                if (isSwap)
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, previous) = (previous, row);
        }

        return previous[right.Length];
    }

    private static bool SameLetter(char left, char right) =>
        char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
