namespace Appliance.Imaging.Tree;

/// <summary>
/// The part of a glob pattern between two slashes, compiled to its cheapest test. Knows "*", "?", "[a-z]", "[!a-z]" and "\".
/// </summary>
internal sealed class GlobSegment
{
    private enum Kind
    {
        DoubleStar,
        Anything,
        Literal,
        Prefix,
        Suffix,
        General,
    }

    private readonly Kind _kind;
    private readonly string _text;

    public GlobSegment(string text)
    {
        (_kind, _text) = text switch
        {
            "**" => (Kind.DoubleStar, text),
            "*" => (Kind.Anything, text),
            _ when !HasSpecial(text) => (Kind.Literal, text),
            _ when text[^1] == '*' && !HasSpecial(text.AsSpan(0, text.Length - 1)) => (
                Kind.Prefix,
                text[..^1]
            ),
            _ when text[0] == '*' && !HasSpecial(text.AsSpan(1)) => (Kind.Suffix, text[1..]),
            _ => (Kind.General, text),
        };
        if (_kind == Kind.General)
        {
            CheckGeneral(text);
        }
    }

    /// <summary>Whether it is "**", which stands for any number of names.</summary>
    public bool IsDoubleStar => _kind == Kind.DoubleStar;

    /// <summary>Whether the segment matches one name.</summary>
    public bool Matches(string name) =>
        _kind switch
        {
            Kind.DoubleStar or Kind.Anything => true,
            Kind.Literal => name == _text,
            Kind.Prefix => name.StartsWith(_text, StringComparison.Ordinal),
            Kind.Suffix => name.EndsWith(_text, StringComparison.Ordinal),
            Kind.General => MatchesGeneral(_text, name),
        };

    private static bool HasSpecial(ReadOnlySpan<char> text) => text.IndexOfAny("*?[\\") >= 0;

    private static void CheckGeneral(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && ++i == text.Length)
            {
                throw new ImagingException($"Pattern '{text}' ends with a lone backslash.");
            }
            if (text[i] == '[' && (i == 0 || text[i - 1] != '\\'))
            {
                i = ClassEnd(text, i);
                if (i < 0)
                {
                    throw new ImagingException($"Pattern '{text}' has a '[' without its ']'.");
                }
            }
        }
    }

    /// <summary>Index of the "]" that closes the class; one directly after "[" or "[!" is a member. -1 if none.</summary>
    private static int ClassEnd(ReadOnlySpan<char> pattern, int open)
    {
        int first = open + 1;
        if (first < pattern.Length && pattern[first] is '!' or '^')
        {
            first++;
        }
        int close = first + 1 >= pattern.Length ? -1 : pattern[(first + 1)..].IndexOf(']');
        return close < 0 ? -1 : first + 1 + close;
    }

    /// <summary>Matches with one point to fall back to: the last "*" seen, moved on by one name character.</summary>
    private static bool MatchesGeneral(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int p = 0;
        int n = 0;
        int starPattern = -1;
        int starName = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                starPattern = ++p;
                starName = n;
            }
            else if (p < pattern.Length && MatchesOne(pattern, ref p, name[n]))
            {
                n++;
            }
            else if (starPattern >= 0)
            {
                p = starPattern;
                n = ++starName;
            }
            else
            {
                return false;
            }
        }
        return pattern[p..].IndexOfAnyExcept('*') < 0;
    }

    private static bool MatchesOne(ReadOnlySpan<char> pattern, ref int p, char c)
    {
        switch (pattern[p])
        {
            case '?':
                p++;
                return true;
            case '[':
                int close = ClassEnd(pattern, p);
                bool isMember = IsMember(pattern[(p + 1)..close], c);
                p = isMember ? close + 1 : p;
                return isMember;
            case '\\':
                bool isEscaped = pattern[p + 1] == c;
                p += isEscaped ? 2 : 0;
                return isEscaped;
            default:
                bool isSame = pattern[p] == c;
                p += isSame ? 1 : 0;
                return isSame;
        }
    }

    private static bool IsMember(ReadOnlySpan<char> members, char c)
    {
        bool isNegated = members[0] is '!' or '^';
        members = isNegated ? members[1..] : members;
        bool isFound = false;
        for (int i = 0; i < members.Length; i++)
        {
            if (i + 2 < members.Length && members[i + 1] == '-')
            {
                isFound |= c >= members[i] && c <= members[i + 2];
                i += 2;
            }
            else
            {
                isFound |= members[i] == c;
            }
        }
        return isFound != isNegated;
    }
}
