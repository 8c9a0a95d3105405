using System.Text;
using Appliance.Rendering.Validation;

namespace Appliance.FirstBoot.Metadata;

/// <summary>The form of a public key from outside: type, base64, and perhaps a comment, on one line.</summary>
internal static class SshKeyForm
{
    private const int MaximumLength = 16384;

    /// <summary>Null for a key that sshd(8) accepts; the key itself is never quoted.</summary>
    public static string? Problem(string line, bool allowsOptions)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var at = allowsOptions ? Math.Max(Array.FindIndex(words, IsType), 0) : 0;
        var type = words.ElementAtOrDefault(at) ?? "";
        return line.Length > MaximumLength ? $"longer than {MaximumLength} letters"
            : line.Any(char.IsControl) ? "control characters in the line"
            : type.Contains("-cert-", StringComparison.Ordinal) ? "a certificate is not accepted"
            : type == "ssh-dss" ? "sshd does not accept DSA keys"
            : !IsType(type) ? "options or something else stand before a type of key"
            : !IsOf(type, words.ElementAtOrDefault(at + 1) ?? "") ? "not a public key of its type"
            : ValueForms.IsSshKey(line) ? null
            : "not a key of a type that sshd accepts";
    }

    private static bool IsType(string word) =>
        word.StartsWith("ssh-", StringComparison.Ordinal)
        || word.StartsWith("ecdsa-", StringComparison.Ordinal)
        || word.StartsWith("sk-", StringComparison.Ordinal);

    /// <summary>The blob begins with its type (RFC 4253, 6.6): four bytes of length, then the name.</summary>
    private static bool IsOf(string type, string base64)
    {
        var needed = (4 + type.Length + 2) / 3 * 4;
        if (base64.Length < needed)
        {
            return false;
        }

        var head = new byte[needed];
        return Convert.TryFromBase64String(base64[..needed], head, out var length)
            && length >= 4 + type.Length
            && head[0] == 0
            && head[1] == 0
            && head[2] == 0
            && head[3] == type.Length
            && Encoding.ASCII.GetString(head, 4, type.Length) == type;
    }
}
