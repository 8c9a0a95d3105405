using Appliance.Rendering.Validation;

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

    /// <summary>Why a value cannot be the secret of this name, without the value; null when it can.</summary>
    public static string? Problem(SiteDocument document, string name, string value)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(value);
        var isPassword = (document.Bgp?.Neighbors ?? []).Any(neighbor =>
            neighbor.PasswordSecret == name
        );
        var isKey = (document.Bgp?.RpkiCaches ?? []).Any(cache => cache.Ssh?.KeySecret == name);
        return (isPassword ? SecretForm.PasswordProblem(value) : null)
            ?? (isKey ? SecretForm.KeyProblem(value) : null);
    }

    /// <summary>The secrets without those that cannot be used: what needs one of these stays shut.</summary>
    public static IReadOnlyDictionary<string, string> Usable(
        SiteDocument document,
        IReadOnlyDictionary<string, string> secrets
    ) =>
        secrets
            .Where(secret => Problem(document, secret.Key, secret.Value) is null)
            .ToDictionary(StringComparer.Ordinal);

    /// <summary>Sessions and caches whose secret is missing or cannot be used, in the order of the document.</summary>
    public static IReadOnlyList<SecretGap> Gaps(
        SiteDocument document,
        IReadOnlyDictionary<string, string> secrets
    )
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(secrets);
        var uses = (document.Bgp?.Neighbors ?? [])
            .Select(neighbor => ($"neighbor.{neighbor.Name}", neighbor.PasswordSecret))
            .Concat(
                (document.Bgp?.RpkiCaches ?? []).Select(cache =>
                    ($"rpki.{cache.Host}", cache.Ssh?.KeySecret)
                )
            );
        return
        [
            .. uses.Where(use => use.Item2 is not null)
                .Select(use => new SecretGap(
                    use.Item1,
                    use.Item2!,
                    secrets.TryGetValue(use.Item2!, out var value)
                        ? Problem(document, use.Item2!, value)
                        : SecretGap.Missing
                ))
                .Where(gap => gap.Problem is not null),
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
