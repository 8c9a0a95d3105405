using System.Globalization;

namespace Appliance.Rendering.Validation;

/// <summary>
/// The form of secrets: what FRR's frr.conf and FreeBSD's setkey(8) can both carry. The one rule for `seed` and for first
/// boot. Reasons never repeat the value.
/// </summary>
internal static class SecretForm
{
    /// <summary>TCP_KEYLEN_MAX of FreeBSD's netipsec/xform_tcp.c, PEER_PASSWORD_MAXLEN of FRR's bgpd.h.</summary>
    public const int LongestPassword = 80;

    /// <summary>Why a value is no TCP-MD5 password (RFC 2385); null when it is one.</summary>
    public static string? PasswordProblem(string value) =>
        value.Length == 0 ? "it is empty"
        : value.Any(char.IsControl) ? "it holds a control character, a tab or a line's end"
        : value.Contains(' ', StringComparison.Ordinal)
            ? "it holds a blank, and FRR's configuration cannot quote one"
        : !value.All(char.IsAscii) ? "it holds a character that is not ASCII"
        : value.Length > LongestPassword
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"it has {value.Length} characters, and a TCP-MD5 password at most {LongestPassword}"
            )
        : null;

    /// <summary>Why a value is no private ssh key; null when it is one.</summary>
    public static string? KeyProblem(string value) =>
        value.Length == 0 ? "it is empty"
        : Grammar.IsPrivateKey(value.ReplaceLineEndings("\n").TrimEnd('\n') + "\n") ? null
        : "it is no private key as ssh-keygen(1) writes it, without a passphrase";
}
