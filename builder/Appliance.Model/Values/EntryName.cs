using Appliance.Model.Reports;

namespace Appliance.Model.Values;

/// <summary>
/// The name of something in a network or profile file: a site, an interface, an upstream, a jail, a profile,
/// a secret. It becomes part of file names, rc.conf variables and route-map names, so it is kept plain:
/// a lower-case letter, then up to 31 lower-case letters, digits and '-'.
/// </summary>
public readonly record struct EntryName : IParsedValue<EntryName>
{
    private const int MaximumLength = 32;

    private EntryName(string text) => Text = text;

    public static FindingKind Malformed => FindingCatalogue.NotAName;

    public string Text { get; }

    public static bool TryParse(string text, out EntryName value, out string reason)
    {
        value = default;
        reason = ReasonAgainst(text);
        if (reason.Length == 0)
        {
            value = new EntryName(text);
        }

        return reason.Length == 0;
    }

    public override string ToString() => Text;

    private static string ReasonAgainst(string text)
    {
        if (text.Length is 0 or > MaximumLength)
        {
            return $"is not a usable name: it must have 1 to {MaximumLength} characters";
        }

        if (!char.IsAsciiLetterLower(text[0]))
        {
            return "is not a usable name: it must begin with a lower-case letter";
        }

        if (text.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-'))
        {
            return "is not a usable name: only lower-case letters, digits and '-' are allowed";
        }

        return text[^1] == '-' ? "is not a usable name: it must not end with '-'" : "";
    }
}
