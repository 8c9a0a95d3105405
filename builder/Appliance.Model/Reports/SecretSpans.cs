using System.Text.RegularExpressions;

namespace Appliance.Model.Reports;

/// <summary>
/// Finds what looks like a secret in raw lines. It knows nothing of YAML on purpose: a file that does not parse
/// is shown too, and must not show a password either.
/// </summary>
internal static partial class SecretSpans
{
    /// <summary>Whether a key of this name usually holds a secret.</summary>
    public static bool IsSecretKey(string key) => SecretKey().IsMatch(key);

    /// <summary>
    /// Whether a value behind a key of this name is likely to be a secret. A key that is a number is the key of a GRE tunnel
    /// (RFC 2890), which tells tunnels apart and travels in every packet.
    /// </summary>
    public static bool IsSecret(string key, string value) =>
        IsSecretKey(key)
        && !(key.Equals("key", StringComparison.OrdinalIgnoreCase) && TunnelKey().IsMatch(value));

    /// <summary>Whether a value is a number that may be the key of a GRE tunnel.</summary>
    public static bool IsTunnelKey(string value) => TunnelKey().IsMatch(value);

    public static IEnumerable<SourceSpan> Find(string[] lines)
    {
        var inPrivateKey = false;
        var blockIndent = -1;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            var indent = line.Length - line.AsSpan().TrimStart(' ').Length;
            var isBlank = string.IsNullOrWhiteSpace(line);
            inPrivateKey |= line.Contains("PRIVATE KEY-----", StringComparison.Ordinal);
            if (!isBlank && indent <= blockIndent && line[indent] != '\t')
            {
                blockIndent = -1;
            }

            if (blockIndent >= 0 || inPrivateKey)
            {
                yield return new SourceSpan(i + 1, indent + 1, i + 1, line.Length + 1);
            }
            else if (SecretValue().Match(line) is { Success: true } match)
            {
                var column = match.Groups["value"].Index + 1;
                yield return new SourceSpan(i + 1, column, i + 1, line.Length + 1);
            }

            if (blockIndent < 0 && SecretBlock().IsMatch(line))
            {
                blockIndent = indent;
            }

            inPrivateKey &= !line.Contains("-----END", StringComparison.Ordinal);
        }
    }

    private const string Words =
        "pass|passwd|password|passphrase|secret|token|psk|md5|key|credentials?|private|auth|login";

    [GeneratedRegex(@"(?:^|[_\-. ])(?:" + Words + @")$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretKey();

    private const string Number = "(?:0x[0-9a-f]{1,8}|[0-9]{1,10})";

    private const string NumberedKey =
        @"(?!(?<![\w\-])key[""']?\s*:\s*[""']?" + Number + @"[""']?\s*(?:[,}#]|$))";

    [GeneratedRegex("^" + Number + "$", RegexOptions.IgnoreCase)]
    private static partial Regex TunnelKey();

    // The value is anything but a block's mark or a comment; `password: {secret: name}` goes on to the name.
    [GeneratedRegex(
        NumberedKey
            + @"(?:"
            + Words
            + @")[""']?\s*[:=]\s*(?<value>(?!\{\s*[""']?secret\b)[^\s|>#].*)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex SecretValue();

    [GeneratedRegex(
        @"(?:" + Words + @")[""']?\s*:\s*([|>][-+0-9]*)?\s*(#.*)?$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex SecretBlock();
}
