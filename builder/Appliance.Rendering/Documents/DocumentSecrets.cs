namespace Appliance.Rendering.Documents;

/// <summary>Names of the secrets that a document refers to.</summary>
public static class DocumentSecrets
{
    /// <summary>All of them, in the order of the document.</summary>
    public static IReadOnlyList<string> Names(SiteDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return
        [
            .. (document.Bgp?.Neighbors ?? [])
                .Select(neighbor => neighbor.PasswordSecret)
                .OfType<string>()
                .Union(KeyNames(document)),
        ];
    }

    /// <summary>Those that are private ssh keys: text of several lines.</summary>
    public static IReadOnlyList<string> KeyNames(SiteDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return
        [
            .. (document.Bgp?.RpkiCaches ?? [])
                .Select(cache => cache.Ssh?.KeySecret)
                .OfType<string>()
                .Distinct(),
        ];
    }
}
