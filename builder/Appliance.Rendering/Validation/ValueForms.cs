namespace Appliance.Rendering.Validation;

/// <summary>
/// The forms that values of a document must have, for who fills a document in: what has its form here is rendered.
/// </summary>
public static class ValueForms
{
    /// <summary>A host name (RFC 1123): labels of 1 to 63 letters, digits and hyphens, 253 characters in all.</summary>
    public static bool IsHostName(string text) => Grammar.IsHostName(text);

    /// <summary>One line of authorized_keys of a key type that sshd(8) accepts.</summary>
    public static bool IsSshKey(string text) => Grammar.IsSshKey(text);

    /// <summary>A prefix with its length and without host bits.</summary>
    public static bool IsPrefix(string text) => Grammar.IsPrefix(text);

    /// <summary>An address in its canonical text, without a length.</summary>
    public static bool IsAddress(string text) => Grammar.IsAddress(text);

    /// <summary>An address in its canonical text, with its prefix length.</summary>
    public static bool IsAddressWithLength(string text) =>
        Grammar.IsIpv4WithLength(text) || Grammar.IsIpv6WithLength(text);
}
