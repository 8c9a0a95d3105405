using System.Net;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Network;

namespace Appliance.Rendering.Validation;

/// <summary>
/// The form that each kind of value must have before it may stand in a configuration file. All are lists
/// of what is allowed: what nobody thought of is refused.
/// </summary>
internal static class Grammar
{
    private static readonly string[] SshKeyTypes =
    [
        "ssh-ed25519",
        "ssh-rsa",
        "ecdsa-sha2-nistp256",
        "ecdsa-sha2-nistp384",
        "ecdsa-sha2-nistp521",
        "sk-ssh-ed25519@openssh.com",
        "sk-ecdsa-sha2-nistp256@openssh.com",
    ];

    /// <summary>A name for people and comments: "router01", "ifog-md5".</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= 63
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(character =>
            char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.'
        );

    /// <summary>A word that may be part of a shell variable's name (rc.conf's route_NAME).</summary>
    public static bool IsWord(string text) =>
        text.Length is > 0 and <= 63
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');

    /// <summary>A network interface as the kernel names it: letters, digits and a unit; IFNAMSIZ is 16.</summary>
    public static bool IsDevice(string text) =>
        text.Length is > 1 and <= 15
        && char.IsAsciiLetterLower(text[0])
        && char.IsAsciiDigit(text[^1])
        && text.All(character =>
            char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '_'
        );

    /// <summary>A driver: a device without its unit.</summary>
    public static bool IsDriver(string text) => IsDevice(text + "0");

    public const string TimeInWords = "a time in UTC such as 2026-12-01T12:00:00Z";

    public static bool IsTime(string text) => DocumentTime.TryParse(text, out _);

    /// <summary>RFC 1123 labels, 253 characters in all.</summary>
    public static bool IsHostName(string text) =>
        text.Length is > 0 and <= 253 && text.Split('.').All(IsHostLabel);

    public static bool IsHost(string text) => IsAddress(text) || IsHostName(text);

    public static bool IsAddress(string text) => Addresses.TryParse(text, out _);

    public static bool IsIpv4(string text) => IsAddress(text) && !Addresses.IsIpv6(text);

    public static bool IsIpv6(string text) => IsAddress(text) && Addresses.IsIpv6(text);

    public static bool IsIpv4WithLength(string text) =>
        Addresses.TryParseWithLength(text, out _, out _) && !Addresses.IsIpv6(text);

    public static bool IsIpv6WithLength(string text) =>
        Addresses.TryParseWithLength(text, out _, out _) && Addresses.IsIpv6(text);

    public static bool IsPrefix(string text) => Addresses.TryParsePrefix(text, out IPNetwork _);

    public static bool IsIpv6Prefix(string text) => IsPrefix(text) && Addresses.IsIpv6(text);

    public static bool IsMac(string text) =>
        text.Length == 17
        && text.Split(':') is { Length: 6 } parts
        && parts.All(part => part.Length == 2 && part.All(char.IsAsciiHexDigitLower));

    /// <summary>"domain:bus:slot:function" in decimal, as pciconf(8) prints it.</summary>
    public static bool IsPci(string text) =>
        text.Split(':') is { Length: 4 } parts
        && parts.All(part => IsNumber(part, ushort.MaxValue));

    /// <summary>"64497:9501" (RFC 1997), or "64497:1:2" (RFC 8092).</summary>
    public static bool IsCommunity(string text) =>
        text.Split(':') is var parts
        && (
            (parts.Length == 2 && parts.All(part => IsNumber(part, ushort.MaxValue)))
            || (parts.Length == 3 && parts.All(part => IsNumber(part, uint.MaxValue)))
        );

    /// <summary>
    /// What bgpd takes as a community's name: it begins with a letter, or it would be read as a community.
    /// </summary>
    public static bool IsCommunityName(string text) =>
        IsName(text)
        && char.IsAsciiLetter(text[0])
        && !text.Contains('.', StringComparison.Ordinal);

    /// <summary>
    /// A reason that stands at the end of a command, up to 128 characters (RFC 8203): words and plain punctuation,
    /// nothing that FRR's parser, a shell or a log would take for more.
    /// </summary>
    public static bool IsReason(string text) =>
        text.Length is > 0 and <= 128
        && text.Trim() == text
        && text.All(character =>
            char.IsAsciiLetterOrDigit(character) || " .,:()/+-_".Contains(character)
        );

    /// <summary>One prefix lies within another, or is the same.</summary>
    public static bool IsInside(string inner, string outer) =>
        IPNetwork.TryParse(inner, out var inside)
        && IPNetwork.TryParse(outer, out var outside)
        && inside.BaseAddress.AddressFamily == outside.BaseAddress.AddressFamily
        && inside.PrefixLength >= outside.PrefixLength
        && outside.Contains(inside.BaseAddress);

    /// <summary>A kernel module without ".ko".</summary>
    public static bool IsModule(string text) => IsWord(text);

    /// <summary>A name of a loader tunable or sysctl: "net.inet.ip.forwarding", "hw.vtnet.0.x".</summary>
    public static bool IsTunable(string text) =>
        text.Length is > 0 and <= 127
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(character =>
            char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or '%'
        );

    /// <summary>
    /// A value that is inert between double quotes for sh(1) and for the loader, and unquoted for
    /// sysctl.conf(5): printable ASCII without quotes, backslash, '$', '`' and '#'. Of any length: generated lists are long.
    /// </summary>
    public static bool IsInert(string text) =>
        text.All(character => character is >= ' ' and <= '~' && !"\"'\\$`#".Contains(character));

    /// <summary>A value that a person has written for a setting.</summary>
    public static bool IsSettingValue(string text) =>
        text.Length is > 0 and <= 255 && IsInert(text);

    /// <summary>A command line without anything a shell or jail.conf(5) would interpret.</summary>
    public static bool IsCommand(string text) =>
        text.StartsWith('/')
        && text.Length <= 255
        && text.All(character =>
            char.IsAsciiLetterOrDigit(character) || " ._/=:@,+-".Contains(character)
        );

    public static bool IsPath(string text) =>
        IsCommand(text)
        && !text.Contains(' ', StringComparison.Ordinal)
        && text.Split('/').All(part => part is not ("." or ".."));

    /// <summary>A GPT label as GEOM makes a device of it; 36 characters.</summary>
    public static bool IsGptLabel(string text) => text.Length <= 36 && IsName(text);

    /// <summary>
    /// One line of authorized_keys: a key of a known type, perhaps with options before it and a comment
    /// after it.
    /// </summary>
    public static bool IsSshKey(string text) =>
        text.Length <= 16384
        && !text.Any(char.IsControl)
        && !text.StartsWith('#')
        && text.Split(' ') is var words
        && words
            .Index()
            .Any(word =>
                SshKeyTypes.Contains(word.Item)
                && word.Index + 1 < words.Length
                && IsBase64(words[word.Index + 1])
            );

    /// <summary>"ssh-ed25519 AAAA…" and nothing else.</summary>
    public static bool IsSigningKey(string text) =>
        text.Split(' ') is ["ssh-ed25519", var base64] && base64.Length < 200 && IsBase64(base64);

    /// <summary>"TYPE AAAA…" and nothing else, of the types that a host has.</summary>
    public static bool IsHostKey(string text) =>
        text.Length <= 16384
        && text.Split(' ') is [var type, var base64]
        && SshKeyTypes.Contains(type)
        && !type.StartsWith("sk-", StringComparison.Ordinal)
        && IsBase64(base64);

    /// <summary>A private key as ssh-keygen(1) writes it: lines of base64 between two marks.</summary>
    public static bool IsPrivateKey(string text) =>
        text.Length <= 16384
        && text.TrimEnd('\n').Split('\n') is [var first, .. { Length: > 0 } lines, var last]
        && first.StartsWith("-----BEGIN ", StringComparison.Ordinal)
        && first.EndsWith("PRIVATE KEY-----", StringComparison.Ordinal)
        && last == first.Replace("BEGIN", "END", StringComparison.Ordinal)
        && lines.All(line => line.Length is > 0 and <= 76 && line.All(IsBase64Digit));

    /// <summary>http or https, in characters that mean nothing to a shell.</summary>
    public static bool IsUrl(string text) =>
        text.Length <= 255
        && (
            text.StartsWith("http://", StringComparison.Ordinal)
            || text.StartsWith("https://", StringComparison.Ordinal)
        )
        && text.All(character =>
            char.IsAsciiLetterOrDigit(character) || "-._~:/?#[]@!*+,=%".Contains(character)
        );

    /// <summary>A TCP-MD5 password that FRR and setkey(8) read alike; the kernel takes 80 bytes.</summary>
    public static bool IsPassword(string text) => SecretForm.PasswordProblem(text) is null;

    public static bool IsVersion(string text) =>
        text.Length <= 32 && text.Split('.').All(part => IsNumber(part, ushort.MaxValue));

    private static bool IsHostLabel(string label) =>
        label.Length is > 0 and <= 63
        && label[0] != '-'
        && label[^1] != '-'
        && label.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');

    private static bool IsNumber(string text, uint maximum) =>
        text.Length is > 0 and <= 10
        && text.All(char.IsAsciiDigit)
        && ulong.Parse(text, System.Globalization.CultureInfo.InvariantCulture) <= maximum;

    private static bool IsBase64(string text) => text.Length >= 16 && text.All(IsBase64Digit);

    private static bool IsBase64Digit(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '+' or '/' or '=';
}
