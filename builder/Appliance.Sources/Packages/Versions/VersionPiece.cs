namespace Appliance.Sources.Packages.Versions;

/// <summary>
/// A piece of a version: a number, a letter, and a number behind the letter (<c>10b2</c>). Without a number it sorts
/// before zero, an asterisk before everything.
/// </summary>
internal readonly record struct VersionPiece(long Number, int Letter, long PatchLevel)
    : IComparable<VersionPiece>
{
    public int CompareTo(VersionPiece other) =>
        Number != other.Number ? Number.CompareTo(other.Number)
        : Letter != other.Letter ? Letter.CompareTo(other.Letter)
        : PatchLevel.CompareTo(other.PatchLevel);
}

/// <summary>Walks through the pieces of a version.</summary>
internal ref struct VersionCursor(ReadOnlySpan<char> text)
{
    private const long NoNumber = -1;
    private const long Asterisk = -2;
    private const long NoPatchLevel = -1;

    /// <summary>The letter a, behind no letter at all (0) and the stage pl, which sorts like none.</summary>
    private const int FirstLetter = 2;

    /// <summary>Words that say how finished a version is; each stands for its first letter, but pl for none.</summary>
    private static readonly string[] Stages = ["pl", "snap", "alpha", "beta", "pre", "rc"];

    private readonly ReadOnlySpan<char> text = text;
    private int position;

    public readonly bool IsAtEnd => position >= text.Length;

    public readonly bool IsAtEndOfRun => IsAtEnd || text[position] == '+';

    private readonly char Current => position < text.Length ? text[position] : '\0';

    private readonly char Following => position + 1 < text.Length ? text[position + 1] : '\0';

    public void SkipPlus()
    {
        if (!IsAtEnd)
        {
            position++;
        }
    }

    /// <summary>The next piece; dots and other separators behind it are skipped.</summary>
    public VersionPiece Next()
    {
        var number = LeadingNumber();
        var (letter, takesPatchLevel) = char.IsAsciiLetter(Current)
            ? Letter(number == NoNumber)
            : (0, false);
        var patchLevel =
            !takesPatchLevel ? 0
            : char.IsAsciiDigit(Current) ? Digits()
            : NoPatchLevel;
        while (!IsAtEnd && !char.IsAsciiLetterOrDigit(Current) && Current is not ('+' or '*'))
        {
            position++;
        }

        return new VersionPiece(number, letter, patchLevel);
    }

    private long LeadingNumber()
    {
        if (char.IsAsciiDigit(Current))
        {
            return Digits();
        }

        if (Current != '*')
        {
            return NoNumber;
        }

        do
        {
            position++;
        } while (!IsAtEndOfRun);
        return Asterisk;
    }

    /// <summary>
    /// A stage counts where nothing stands before it; behind a number it starts the next piece (<c>10alpha</c> is
    /// <c>10.alpha</c>). Of any other word the first letter counts, whatever its case.
    /// </summary>
    private (int Letter, bool TakesPatchLevel) Letter(bool hasNoNumber)
    {
        if (char.IsAsciiLetter(Following) && StageHere() is { } stage)
        {
            if (!hasNoNumber)
            {
                return (0, false);
            }

            position += stage.Length;
            return (stage == "pl" ? 0 : Value(stage[0]), true);
        }

        var letter = Value(Current);
        do
        {
            position++;
        } while (char.IsAsciiLetter(Current));
        return (letter, true);
    }

    private readonly string? StageHere()
    {
        foreach (var stage in Stages)
        {
            var rest = text[position..];
            if (
                rest.StartsWith(stage, StringComparison.OrdinalIgnoreCase)
                && (rest.Length == stage.Length || !char.IsAsciiLetter(rest[stage.Length]))
            )
            {
                return stage;
            }
        }

        return null;
    }

    private static int Value(char letter) => (letter | 0x20) - 'a' + FirstLetter;

    /// <summary>As strtoll(3) reads: a number that is too large is the largest.</summary>
    private long Digits()
    {
        long value = 0;
        for (; char.IsAsciiDigit(Current); position++)
        {
            var next = (Int128)value * 10 + (Current - '0');
            value = next > long.MaxValue ? long.MaxValue : (long)next;
        }

        return value;
    }
}
