namespace Appliance.Sources.Packages.Versions;

/// <summary>A version cut into its three parts.</summary>
internal readonly ref struct VersionParts
{
    private VersionParts(ReadOnlySpan<char> version, ulong revision, ulong epoch)
    {
        Version = version;
        Revision = revision;
        Epoch = epoch;
    }

    public ReadOnlySpan<char> Version { get; }

    public ulong Revision { get; }

    public ulong Epoch { get; }

    /// <summary>
    /// The version starts behind the last hyphen and ends at the last underscore, or where there is none at the last
    /// comma. The epoch stands behind the last comma that follows the underscore.
    /// </summary>
    public static VersionParts Of(ReadOnlySpan<char> text)
    {
        var version = text[(text.LastIndexOf('-') + 1)..];
        var underscore = version.LastIndexOf('_');
        var tail = version[(underscore + 1)..];
        var comma = tail.LastIndexOf(',');
        var end =
            underscore >= 0 ? underscore
            : comma >= 0 ? comma
            : version.Length;
        return new VersionParts(
            version[..end],
            underscore >= 0 ? Number(tail) : 0,
            comma >= 0 ? Number(tail[(comma + 1)..]) : 0
        );
    }

    /// <summary>As strtoul(3) reads: blanks, a sign, digits, and anything behind them; too large is the largest.</summary>
    private static ulong Number(ReadOnlySpan<char> text)
    {
        text = text.TrimStart(" \t\n\v\f\r");
        var isNegative = text is ['-', ..];
        text = text is ['+' or '-', ..] ? text[1..] : text;
        ulong value = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit(digit))
            {
                break;
            }

            var next = (UInt128)value * 10 + (uint)(digit - '0');
            if (next > ulong.MaxValue)
            {
                return ulong.MaxValue;
            }

            value = (ulong)next;
        }

        return isNegative ? 0 - value : value;
    }
}
