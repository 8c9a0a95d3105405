using System.Text;
using System.Text.RegularExpressions;

namespace Appliance.Sources.Vulnerabilities;

/// <summary>
/// A name of a package, or a pattern of names as fnmatch(3) without flags reads it: <c>*</c>, <c>?</c>, <c>[a-z]</c>,
/// <c>[!a-z]</c>, and a backslash before a character that stands for itself.
/// </summary>
public sealed class NamePattern
{
    private static readonly char[] Special = ['*', '?', '[', '\\'];

    private readonly string text;
    private readonly Regex? expression;

    public NamePattern(string text)
    {
        this.text = text;
        if (text.IndexOfAny(Special) >= 0)
        {
            // Without backtracking no pattern can take long.
            expression = new Regex(
                Translate(text),
                RegexOptions.NonBacktracking
                    | RegexOptions.Singleline
                    | RegexOptions.CultureInvariant
            );
        }
    }

    public bool Matches(string name) => expression?.IsMatch(name) ?? name == text;

    public override string ToString() => text;

    private static string Translate(string pattern)
    {
        var result = new StringBuilder(@"\A");
        for (var at = 0; at < pattern.Length; at++)
        {
            var length = 1;
            result.Append(
                pattern[at] switch
                {
                    '*' => ".*",
                    '?' => ".",
                    '[' when Class(pattern, at, out length) is { } characters => characters,
                    '\\' when at + 1 < pattern.Length => Literal(pattern[at + length++]),
                    var character => Literal(character),
                }
            );
            at += length - 1;
        }

        return result.Append(@"\z").ToString();
    }

    /// <summary>A bracket expression, or null where the bracket is never closed and stands for itself.</summary>
    private static string? Class(string pattern, int start, out int length)
    {
        length = 1;
        var isNegated = start + 1 < pattern.Length && pattern[start + 1] is '!' or '^';
        var first = start + (isNegated ? 2 : 1);
        // A closing bracket right at the beginning is a member.
        var end = first < pattern.Length ? pattern.IndexOf(']', first + 1) : -1;
        if (end < 0)
        {
            return null;
        }

        length = end - start + 1;
        var ranges = new StringBuilder(isNegated ? "[^" : "[");
        for (var at = first; at < end; at++)
        {
            if (at + 2 < end && pattern[at + 1] == '-')
            {
                if (pattern[at] <= pattern[at + 2])
                {
                    ranges.Append(Member(pattern[at])).Append('-').Append(Member(pattern[at + 2]));
                }

                at += 2;
            }
            else
            {
                ranges.Append(Member(pattern[at]));
            }
        }

        // Nothing but empty ranges: no character at all, or any.
        return ranges.Length > (isNegated ? 2 : 1) ? ranges.Append(']').ToString()
            : isNegated ? "."
            : @"[^\s\S]";
    }

    private static string Member(char character) => $@"\u{(int)character:x4}";

    private static string Literal(char character) => Regex.Escape(character.ToString());
}
