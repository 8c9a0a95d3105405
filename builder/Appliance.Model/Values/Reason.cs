using Appliance.Model.Reports;

namespace Appliance.Model.Values;

/// <summary>
/// A sentence that a neighbor's operator reads when a session is switched off (RFC 9003): up to 128 characters,
/// letters, digits, blanks and plain punctuation, because it stands at the end of a command.
/// </summary>
public readonly record struct Reason : IParsedValue<Reason>
{
    private const int MaximumLength = 128;
    private const string Punctuation = " .,:()/+-_";

    private Reason(string text) => Text = text;

    public static FindingKind Malformed => FindingCatalogue.NotAReason;

    public string Text { get; }

    public static bool TryParse(string text, out Reason value, out string reason)
    {
        var fits =
            text.Length is > 0 and <= MaximumLength
            && text.Trim() == text
            && text.All(c =>
                char.IsAsciiLetterOrDigit(c) || Punctuation.Contains(c, StringComparison.Ordinal)
            );
        value = fits ? new Reason(text) : default;
        reason = fits
            ? ""
            : $"is no reason of 1 to {MaximumLength} letters, digits, blanks and . , : ( ) / + - _";
        return fits;
    }

    public override string ToString() => Text;
}
