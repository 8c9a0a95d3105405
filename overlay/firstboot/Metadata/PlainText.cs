using System.Globalization;
using System.Net;
using System.Numerics;
using Appliance.FirstBoot.Yaml;

namespace Appliance.FirstBoot.Metadata;

/// <summary>Text from outside: its parts, and how it is shown in a message.</summary>
internal static class PlainText
{
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

    public static bool IsIpv6(string address) => address.Contains(':', StringComparison.Ordinal);

    /// <summary>A name from outside, short and printable, for a message.</summary>
    public static string Shown(string text) =>
        string.Concat(text.Take(40).Select(letter => letter is > ' ' and <= '~' ? letter : '?'));

    /// <summary>A value from outside between quotes, short and printable, for a message.</summary>
    public static string Quoted(string text)
    {
        var shown = string.Concat(
            text.Take(60).Select(letter => letter is >= ' ' and <= '~' ? letter : '?')
        );
        return text.Length > 60 ? $"\"{shown}...\"" : $"\"{shown}\"";
    }

    /// <summary>
    /// A prefix length that is a number or a netmask, as a number; −1 for a netmask with holes, null for other text.
    /// </summary>
    public static string? PrefixLength(string? text)
    {
        if (
            text is null
            || !text.AsSpan().ContainsAny('.', ':')
            || !IPAddress.TryParse(text, out var mask)
        )
        {
            return text;
        }

        var bytes = mask.GetAddressBytes();
        var length = bytes.Sum(item => BitOperations.PopCount(item));
        var isContiguous = Enumerable
            .Range(0, bytes.Length * 8)
            .All(bit => ((bytes[bit / 8] >> (7 - (bit % 8))) & 1) == (bit < length ? 1 : 0));
        return (isContiguous ? length : -1).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>All texts in a node, however it is nested: EC2 and NoCloud have keys in lists and mappings.</summary>
    public static IEnumerable<string> Leaves(YamlNode node) =>
        node switch
        {
            YamlScalar { IsNull: false } scalar => [scalar.Value],
            YamlSequence sequence => sequence.Nodes.SelectMany(Leaves),
            YamlMapping mapping => mapping.Entries.SelectMany(entry => Leaves(entry.Value)),
            _ => [],
        };
}
