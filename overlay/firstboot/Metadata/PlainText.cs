using System.Globalization;
using System.Net;
using System.Numerics;
using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Yaml;

namespace Appliance.FirstBoot.Metadata;

/// <summary>Forms that values from outside must have before they are facts.</summary>
internal static class PlainText
{
    /// <summary>Keys as lines; what is no line is left out. Values may be nested as EC2 and NoCloud have them.</summary>
    public static IReadOnlyList<string> SshKeys(IEnumerable<YamlNode> nodes) =>
        [
            .. nodes
                .SelectMany(Leaves)
                .SelectMany(text => text.Split('\n'))
                .Select(line => line.Trim())
                .Where(IsKey),
        ];

    /// <summary>"a1:b2:…" in lower case; null for what is no MAC address.</summary>
    public static string? Mac(string? text)
    {
        var mac = text?.Trim().ToLowerInvariant().Replace('-', ':');
        if (mac is { Length: 12 } && mac.All(char.IsAsciiHexDigit))
        {
            mac = string.Join(
                ':',
                Enumerable.Range(0, 6).Select(index => mac.Substring(2 * index, 2))
            );
        }

        return
            mac is { Length: 17 }
            && mac.Split(':') is { Length: 6 } parts
            && parts.All(part => part.Length == 2 && part.All(char.IsAsciiHexDigit))
            ? mac
            : null;
    }

    /// <summary>
    /// "192.0.2.10/24" of an address that has its length behind it or beside it, as a number or as a netmask.
    /// Null when it is no address, or when nothing says how long its prefix is.
    /// </summary>
    public static string? Address(string? address, string? length)
    {
        var text = address?.Trim() ?? "";
        if (!text.Contains('/', StringComparison.Ordinal))
        {
            text = $"{text}/{Length(length)}";
        }

        return Cidr.TryParse(text, out var cidr) && cidr.Length > 0 ? cidr.ToString() : null;
    }

    /// <summary>An address in its canonical form, null for anything else.</summary>
    public static string? Host(string? text) =>
        text is { Length: > 1 and < 64 }
        && !text.Contains('/', StringComparison.Ordinal)
        && text.AsSpan().ContainsAny('.', ':')
        && IPAddress.TryParse(text.Trim(), out var address)
            ? address.ToString().Split('%')[0]
            : null;

    public static bool IsIpv6(string address) => address.Contains(':', StringComparison.Ordinal);

    /// <summary>A number of bytes that an interface may have for its MTU.</summary>
    public static int? Mtu(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var mtu)
        && mtu is >= 576 and <= 65535
            ? mtu
            : null;

    /// <summary>RFC 1123; the templates check again.</summary>
    public static string? Hostname(string? text) =>
        text?.Trim().TrimEnd('.') is { Length: > 0 and <= 253 } name
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.')
            ? name
            : null;

    /// <summary>A name from outside, short and printable, for a message.</summary>
    public static string Shown(string text) =>
        string.Concat(text.Take(40).Select(letter => letter is > ' ' and <= '~' ? letter : '?'));

    private static string? Length(string? text) =>
        IPAddress.TryParse(text, out var mask) && text.AsSpan().ContainsAny('.', ':')
            ? mask.GetAddressBytes()
                .Sum(item => BitOperations.PopCount(item))
                .ToString(CultureInfo.InvariantCulture)
            : text;

    private static IEnumerable<string> Leaves(YamlNode node) =>
        node switch
        {
            YamlScalar { IsNull: false } scalar => [scalar.Value],
            YamlSequence sequence => sequence.Nodes.SelectMany(Leaves),
            YamlMapping mapping => mapping.Entries.SelectMany(entry => Leaves(entry.Value)),
            _ => [],
        };

    private static bool IsKey(string line) =>
        line.Length is > 20 and < 16384
        && !line.Any(char.IsControl)
        && line.Split(' ') is [var kind, { Length: > 16 }, ..]
        && (
            kind.StartsWith("ssh-", StringComparison.Ordinal)
            || kind.StartsWith("ecdsa-", StringComparison.Ordinal)
            || kind.StartsWith("sk-", StringComparison.Ordinal)
        );
}
