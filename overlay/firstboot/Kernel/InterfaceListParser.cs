using System.Globalization;
using System.Numerics;

namespace Appliance.FirstBoot.Kernel;

/// <summary>
/// Reads <c>ifconfig -a</c>. Lines it does not know are skipped: media, options and the like differ
/// between drivers and releases.
/// </summary>
internal static class InterfaceListParser
{
    private static readonly string[] KnownMarks =
    [
        "anycast",
        "tentative",
        "duplicated",
        "detached",
        "deprecated",
        "autoconf",
        "temporary",
        "prefer_source",
    ];

    public static IReadOnlyList<InterfaceState> Parse(string text)
    {
        var interfaces = new List<InterfaceState>();
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith('\t') || line.StartsWith(' '))
            {
                if (interfaces.Count > 0)
                {
                    interfaces[^1] = WithLine(interfaces[^1], Words(line));
                }
            }
            else if (ParseHeader(line) is { } header)
            {
                interfaces.Add(header);
            }
        }

        return interfaces;
    }

    /// <summary>"vtnet0: flags=1008843&lt;UP,BROADCAST&gt; metric 0 mtu 1500".</summary>
    private static InterfaceState? ParseHeader(string line)
    {
        var colon = line.IndexOf(": flags=", StringComparison.Ordinal);
        if (colon <= 0)
        {
            return null;
        }

        var words = Words(line[(colon + 2)..]);
        return new InterfaceState
        {
            Name = line[..colon],
            Flags = Between(words[0], '<', '>').Split(',', StringSplitOptions.RemoveEmptyEntries),
            Mtu = NumberAfter(words, "mtu"),
        };
    }

    private static InterfaceState WithLine(InterfaceState item, string[] words) =>
        words switch
        {
            ["ether", var mac, ..] => item with { Ether = mac.ToLowerInvariant() },
            ["status:", "active", ..] => item with { HasCarrier = true },
            ["status:", ..] => item with { IsWithoutCarrier = true },
            ["fib:", var fib] => item with { Fib = Number(fib) },
            ["tunnelfib:", var fib] => item with { TunnelFib = Number(fib) },
            ["groups:", ..] => item with { Groups = words[1..] },
            ["tunnel", _, var local, "-->", var remote] => item with
            {
                Outer = $"{local} --> {remote}",
            },
            ["inet" or "inet6", ..] when ParseAddress(words) is { } address => item with
            {
                Addresses = [.. item.Addresses, address],
                Scope = ScopeOf(words) ?? item.Scope,
            },
            _ => item,
        };

    private static InterfaceAddress? ParseAddress(string[] words)
    {
        if (words.Length < 2 || !Cidr.TryParse(words[1], out var address))
        {
            return null;
        }

        if (!words[1].Contains('/', StringComparison.Ordinal))
        {
            address = address with { Length = PrefixLength(words, address) };
        }

        return new InterfaceAddress(address, [.. words.Skip(2).Where(KnownMarks.Contains)]);
    }

    /// <summary>"prefixlen 64" or "netmask 0xffffff00"; −1 when neither is there.</summary>
    private static int PrefixLength(string[] words, Cidr address)
    {
        if (address.IsIpv6)
        {
            return NumberAfter(words, "prefixlen");
        }

        var index = Array.IndexOf(words, "netmask");
        return
            index >= 0
            && index + 1 < words.Length
            && words[index + 1].StartsWith("0x", StringComparison.Ordinal)
            && uint.TryParse(
                words[index + 1].AsSpan(2),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out var mask
            )
            ? BitOperations.PopCount(mask)
            : -1;
    }

    /// <summary>"scopeid 0x1" behind a link-local address.</summary>
    private static int? ScopeOf(string[] words)
    {
        var index = Array.IndexOf(words, "scopeid");
        return
            index >= 0
            && index + 1 < words.Length
            && words[index + 1].StartsWith("0x", StringComparison.Ordinal)
            && int.TryParse(
                words[index + 1].AsSpan(2),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out var scope
            )
            ? scope
            : null;
    }

    private static int NumberAfter(string[] words, string word)
    {
        var index = Array.IndexOf(words, word);
        return index >= 0 && index + 1 < words.Length ? Number(words[index + 1]) : -1;
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : -1;

    private static string Between(string text, char first, char last)
    {
        var start = text.IndexOf(first, StringComparison.Ordinal);
        var end = text.LastIndexOf(last);
        return start >= 0 && end > start ? text[(start + 1)..end] : "";
    }

    private static string[] Words(string line) =>
        line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
