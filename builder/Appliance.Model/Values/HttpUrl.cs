using Appliance.Model.Reports;

namespace Appliance.Model.Values;

/// <summary>An absolute URL of http or https, without credentials, that can stand between quotes anywhere.</summary>
public readonly record struct HttpUrl : IParsedValue<HttpUrl>
{
    private const int Longest = 255;

    private HttpUrl(string text) => Text = text;

    public static FindingKind Malformed => FindingCatalogue.NotAUrl;

    public string Text { get; }

    public static bool TryParse(string text, out HttpUrl value, out string reason)
    {
        value = default;
        reason = ReasonAgainst(text);
        if (reason.Length == 0)
        {
            value = new HttpUrl(text);
        }

        return reason.Length == 0;
    }

    public override string ToString() => Text;

    private static string ReasonAgainst(string text)
    {
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
            || uri.UserInfo.Length > 0
        )
        {
            return "is not a URL that begins with http:// or https:// and a host";
        }

        return
            text.Length <= Longest
            && text.All(letter =>
                letter is > ' ' and <= '~' && !"\"'\\`$;|&<>(){}".Contains(letter)
            )
            ? ""
            : $"has characters that no plain URL has, or more than {Longest}";
    }
}
