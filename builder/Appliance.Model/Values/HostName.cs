using Appliance.Model.Reports;

namespace Appliance.Model.Values;

/// <summary>A host name as RFC 952 and RFC 1123 allow it; compared and written in lower case.</summary>
public readonly record struct HostName : IParsedValue<HostName>
{
    private HostName(string text) => Text = text;

    public static FindingKind Malformed => FindingCatalogue.NotAHostName;

    public string Text { get; }

    /// <summary>It has a domain.</summary>
    public bool IsQualified => Text.Contains('.', StringComparison.Ordinal);

    public static bool TryParse(string text, out HostName value, out string reason)
    {
        value = default;
        reason = ReasonAgainst(text);
        if (reason.Length == 0)
        {
            value = new HostName(text.ToLowerInvariant());
        }

        return reason.Length == 0;
    }

    public override string ToString() => Text;

    private static string ReasonAgainst(string text)
    {
        if (text.Length is 0 or > 253)
        {
            return "is not a host name: it must have 1 to 253 characters";
        }

        var labels = text.Split('.');
        foreach (var label in labels)
        {
            if (label.Length is 0 or > 63)
            {
                return "is not a host name: each part between dots must have 1 to 63 characters";
            }

            if (label.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-'))
            {
                return "is not a host name: only letters, digits and '-' are allowed";
            }

            if (label[0] == '-' || label[^1] == '-')
            {
                return "is not a host name: no part may begin or end with '-'";
            }
        }

        // Otherwise it could be read as an address.
        return labels[^1].All(char.IsAsciiDigit)
            ? "is not a host name: its last part is only digits"
            : "";
    }
}
