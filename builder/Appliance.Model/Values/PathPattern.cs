using Appliance.Model.Reports;

namespace Appliance.Model.Values;

/// <summary>
/// A pattern of absolute paths, as leave_out uses it. '*' stands for any characters but '/', '?' for one of them,
/// a part that is "**" for any number of whole parts. A pattern that matches a directory means all below it too.
/// </summary>
public readonly record struct PathPattern : IParsedValue<PathPattern>
{
    private PathPattern(string text) => Text = text;

    public static FindingKind Malformed => FindingCatalogue.NotAPath;

    public string Text { get; }

    public static bool TryParse(string text, out PathPattern value, out string reason)
    {
        value = default;
        reason = ReasonAgainst(text);
        if (reason.Length == 0)
        {
            value = new PathPattern(text);
        }

        return reason.Length == 0;
    }

    /// <summary>Whether the path, absolute and without a slash at its end, or a directory above it matches.</summary>
    public bool Matches(string path) => MatchParts(Parts(Text), Parts(path));

    public override string ToString() => Text;

    private static ReadOnlySpan<string> Parts(string path) => path[1..].Split('/');

    private static bool MatchParts(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        if (pattern.IsEmpty)
        {
            return true;
        }

        if (pattern[0] == "**")
        {
            for (var skipped = 0; skipped <= path.Length; skipped++)
            {
                if (MatchParts(pattern[1..], path[skipped..]))
                {
                    return true;
                }
            }

            return false;
        }

        return !path.IsEmpty
            && MatchPart(pattern[0], path[0])
            && MatchParts(pattern[1..], path[1..]);
    }

    // The usual single backtracking point: only the last star ever needs to be tried again.
    private static bool MatchPart(string pattern, string name)
    {
        int p = 0,
            n = 0,
            star = -1,
            starName = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                starName = n;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == name[n]))
            {
                p++;
                n++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++starName;
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).TrimStart('*').IsEmpty;
    }

    private static string ReasonAgainst(string text)
    {
        if (!text.StartsWith('/'))
        {
            return "is not an absolute path: it begins with '/'";
        }

        var parts = text[1..].Split('/');
        if (parts.Any(part => part is "" or "." or ".."))
        {
            return "has an empty part, \".\" or \"..\"";
        }

        if (parts.All(part => part.AsSpan().Trim('*').IsEmpty))
        {
            return "matches everything";
        }

        if (parts.Count(part => part == "**") > 2 || text.Length > 255)
        {
            return "is too long or has more than two \"**\"";
        }

        return text.AsSpan().ContainsAny("{}[]\\") || text.Any(char.IsControl)
            ? "has a character that means nothing here: only '*', '?' and \"**\" do"
            : "";
    }
}
