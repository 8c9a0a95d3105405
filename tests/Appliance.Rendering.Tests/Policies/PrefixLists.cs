using System.Globalization;

namespace Appliance.Rendering.Tests.Policies;

/// <summary>
/// Prefix-lists and the filter of a frr.conf, as FRR's manual describes them: the first entry that fits decides,
/// no entry means deny; an entry without "ge" and "le" fits its own length alone.
/// </summary>
internal sealed class PrefixLists
{
    private readonly Dictionary<string, List<Entry>> lists = [];
    private readonly Dictionary<string, List<string>> denials = [];

    public static PrefixLists Read(string text)
    {
        var result = new PrefixLists();
        string? map = null;
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 5 && words[1] == "prefix-list")
            {
                Add(result.lists, words[2], Entry.Parse(words[4..]));
            }
            else if (words is ["route-map", var name, "deny", _])
            {
                map = name;
            }
            else if (words is ["exit"])
            {
                map = null;
            }
            else if (map is not null && words is ["match", _, "address", "prefix-list", var list])
            {
                Add(result.denials, map, list);
            }
        }

        return result;
    }

    /// <summary>No denial of the family's filter fits the prefix.</summary>
    public bool PassFilter(Bits prefix, bool ipv6) =>
        !denials[ipv6 ? "filter-v6" : "filter-v4"].Exists(list => Permits(list, prefix));

    private bool Permits(string list, Bits prefix)
    {
        foreach (var entry in lists[list])
        {
            if (entry.Fits(prefix))
            {
                return entry.Permits;
            }
        }

        return false;
    }

    private static void Add<T>(Dictionary<string, List<T>> dictionary, string key, T value)
    {
        if (!dictionary.TryGetValue(key, out var list))
        {
            dictionary[key] = list = [];
        }

        list.Add(value);
    }

    /// <param name="Sequence">Entries are looked at in this order; the file has them in it.</param>
    private sealed record Entry(int Sequence, bool Permits, Bits Prefix, int Shortest, int Longest)
    {
        /// <summary>"5 permit 2001::/32 ge 40 le 128".</summary>
        public static Entry Parse(string[] words)
        {
            var prefix = Bits.Parse(words[2]);
            var (shortest, longest) = (prefix.Length, prefix.Length);
            for (var i = 3; i < words.Length; i += 2)
            {
                var length = int.Parse(words[i + 1], CultureInfo.InvariantCulture);
                if (words[i] == "ge")
                {
                    shortest = length;
                    longest = words.Contains("le") ? longest : prefix.Width;
                }
                else
                {
                    Assert.Equal("le", words[i]);
                    longest = length;
                }
            }

            Assert.Contains(words[1], new[] { "permit", "deny" });
            return new Entry(
                int.Parse(words[0], CultureInfo.InvariantCulture),
                words[1] == "permit",
                prefix,
                shortest,
                longest
            );
        }

        public bool Fits(Bits prefix) =>
            prefix.Length >= Shortest && prefix.Length <= Longest && Prefix.Contains(prefix);
    }
}
