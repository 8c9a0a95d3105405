using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Yaml;
using Appliance.Rendering.Validation;

namespace Appliance.FirstBoot.Metadata;

/// <summary>
/// Judges every value of a file alone: one that a configuration file could not hold is dropped and recorded with its
/// reason, and the others are used.
/// </summary>
/// <param name="source">The file, as records name it: "meta-data".</param>
internal sealed class ValueJudge(string source)
{
    public const string NotAnAddress = "not an address";
    public const string NoLength = "no prefix length";

    /// <summary>Smallest MTU of IPv6 (RFC 8200, section 5).</summary>
    private const int MinimumMtu = 1280;
    private const int MaximumMtu = 65535;
    private const int MaximumInstanceId = 256;

    private readonly List<string> ignored = [];

    /// <summary>What was dropped so far, and why; printable.</summary>
    public IReadOnlyList<string> Ignored => ignored;

    public void Ignore(string what) => ignored.Add($"{source}: {what}");

    public void Ignore(string field, string value, string reason) =>
        Ignore($"{field} {PlainText.Quoted(value)}: {reason}");

    /// <summary>The first of several fields that is a host name (RFC 1123); the dot at the end of an absolute name goes.</summary>
    public string? Hostname(params ReadOnlySpan<(string Field, string? Text)> candidates)
    {
        string? found = null;
        foreach (var (field, text) in candidates)
        {
            if (text is null)
            {
                continue;
            }

            var name = text.Trim();
            var absolute = name.EndsWith('.') && name.Length > 1;
            name = absolute ? name[..^1] : name;
            if (!ValueForms.IsHostName(name))
            {
                Ignore(
                    field,
                    text,
                    "not a host name (labels of 1 to 63 letters, digits and hyphens, 253 in all)"
                );
                continue;
            }

            if (absolute)
            {
                Ignore(field, text, "the dot at the end is left out");
            }

            found ??= name;
        }

        return found;
    }

    /// <summary>What the provider calls the machine: up to 256 printable letters.</summary>
    public string? InstanceId(string field, string? text)
    {
        if (text is null)
        {
            return null;
        }

        var id = text.Trim();
        if (id.Length is > 0 and <= MaximumInstanceId && id.All(IsPrintable))
        {
            return id;
        }

        Ignore(field, text, $"not 1 to {MaximumInstanceId} printable letters");
        return null;
    }

    /// <summary>Keys as lines of authorized_keys(5), however they are nested.</summary>
    /// <param name="field">For the record.</param>
    /// <param name="nodes">Texts, or collections of them.</param>
    /// <param name="allowsOptions">The owner may restrict a key; a provider's options would replace the shell.</param>
    public IReadOnlyList<string> SshKeys(
        string field,
        IEnumerable<YamlNode> nodes,
        bool allowsOptions = false
    )
    {
        var keys = new List<string>();
        foreach (
            var text in nodes.SelectMany(PlainText.Leaves).SelectMany(text => text.Split('\n'))
        )
        {
            var line = text.Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (SshKeyForm.Problem(line, allowsOptions) is { } problem)
            {
                Ignore($"{field}: a key: {problem}");
            }
            else
            {
                keys.Add(line);
            }
        }

        return keys;
    }

    /// <summary>"a1:b2:…" in lower case.</summary>
    public string? Mac(string field, string? text)
    {
        var mac = PlainText.Mac(text);
        if (mac is null && !string.IsNullOrWhiteSpace(text))
        {
            Ignore(field, text, "not a MAC address");
        }

        return mac;
    }

    /// <summary>"192.0.2.10/24" of an address that has its length behind it or beside it, as a number or a netmask.</summary>
    public string? Address(string field, string? address, string? length)
    {
        if (string.IsNullOrWhiteSpace(address))
        {
            return null;
        }

        if (AddressProblem(address, length, out var usable) is not { } problem)
        {
            return usable;
        }

        Ignore(field, address, problem);
        return null;
    }

    /// <summary>Null when the address can be given to an interface; <paramref name="usable"/> is its canonical text then.</summary>
    public static string? AddressProblem(string? address, string? length, out string usable)
    {
        usable = "";
        var text = address?.Trim() ?? "";
        if (!text.Contains('/', StringComparison.Ordinal))
        {
            if (string.IsNullOrWhiteSpace(length))
            {
                return IsAddressText(text) ? NoLength : NotAnAddress;
            }

            text = $"{text}/{PlainText.PrefixLength(length)}";
        }

        if (!IsAddressText(text.Split('/')[0]))
        {
            return NotAnAddress;
        }

        if (!Cidr.TryParse(text, out var cidr) || cidr.Length == 0)
        {
            return "not a prefix length of its address";
        }

        usable = cidr.ToString();
        return HostProblem(cidr.Address)
            ?? (
                cidr.Address.IsIPv6LinkLocal ? "the kernel makes link-local addresses itself"
                : IsEndOfPrefix(cidr) ? "the network's own or its broadcast address"
                : ValueForms.IsAddressWithLength(usable) ? null
                : NotAnAddress
            );
    }

    /// <summary>A gateway or resolver of one family, in its canonical form.</summary>
    /// <param name="field">For the record.</param>
    /// <param name="text">Null or blank: there is none.</param>
    /// <param name="isIpv6">The family it must have; null for either.</param>
    public string? Host(string field, string? text, bool? isIpv6 = null)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var host = text.Trim();
        var address = IsAddressText(host) ? IPAddress.Parse(host.Split('%')[0]) : null;
        var problem =
            address is null ? NotAnAddress
            : isIpv6 is { } wanted
            && wanted != (address.AddressFamily == AddressFamily.InterNetworkV6)
                ? $"not an IPv{(wanted ? 6 : 4)} address"
            : HostProblem(address)
                ?? (ValueForms.IsAddress(address.ToString()) ? null : NotAnAddress);
        if (problem is null)
        {
            return address!.ToString();
        }

        Ignore(field, text, problem);
        return null;
    }

    public IEnumerable<string> Hosts(string field, IEnumerable<YamlNode> nodes) =>
        nodes
            .SelectMany(node => node.Items)
            .Select(node => Host(field, node.Text ?? "a list"))
            .OfType<string>();

    /// <summary>Bytes that a link may carry.</summary>
    public int? Mtu(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var mtu)
            && mtu is >= MinimumMtu and <= MaximumMtu
        )
        {
            return mtu;
        }

        Ignore(field, text, $"not an MTU of {MinimumMtu} to {MaximumMtu}");
        return null;
    }

    /// <summary>
    /// Prefixes that reach ssh. Where none of them can be used, each address that is one lets in that host alone: the
    /// narrowest reading, so that the owner keeps a way in.
    /// </summary>
    public IReadOnlyList<string> Prefixes(string field, IReadOnlyList<string> texts)
    {
        var usable = texts.Select(text => text.Trim()).Where(IsUsablePrefix).Distinct().ToList();
        var narrow = new List<string>();
        foreach (var text in texts.Where(text => !IsUsablePrefix(text.Trim())))
        {
            var host = text.Trim().Split('/')[0];
            var isHost = IsAddressText(host) && ValueForms.IsAddress(host);
            var isUsed = usable.Count == 0 && isHost && HostProblem(IPAddress.Parse(host)) is null;
            var problem =
                !isHost ? "not a prefix"
                : !text.Contains('/', StringComparison.Ordinal) ? NoLength
                : "not a prefix without host bits";
            var alone = $"{host}/{(PlainText.IsIpv6(host) ? 128 : 32)}";
            Ignore(field, text, isUsed ? $"{problem}; only {alone} is let in" : problem);
            narrow.AddRange(isUsed ? [alone] : []);
        }

        return [.. usable, .. narrow.Distinct()];
    }

    private static bool IsUsablePrefix(string text) =>
        ValueForms.IsPrefix(text) && !text.StartsWith("::ffff:", StringComparison.Ordinal);

    private static bool IsAddressText(string text) =>
        text.Length is > 1 and < 64
        && text.AsSpan().ContainsAny('.', ':')
        && !text.AsSpan().ContainsAny('[', ']', '/')
        && IPAddress.TryParse(text.Split('%')[0], out var address)
        // IPAddress reads 010 as octal and 127.1 as 127.0.0.1, which nobody means.
        && (address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text);

    /// <summary>Why no host can have the address.</summary>
    private static string? HostProblem(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? "an IPv4 address in the form of IPv6"
        : IPAddress.IsLoopback(address) || address.Equals(IPAddress.IPv6Any)
            ? "not an address of a host"
        : address.IsIPv6Multicast ? "a multicast address"
        : address.AddressFamily == AddressFamily.InterNetwork
            ? address.GetAddressBytes()[0] switch
            {
                0 or 127 => "not an address of a host",
                >= 224 => "a multicast or reserved address",
                _ => null,
            }
        : null;

    /// <summary>IPv4 alone, and not in a /31 (RFC 3021) or /32.</summary>
    private static bool IsEndOfPrefix(Cidr cidr)
    {
        if (cidr.IsIpv6 || cidr.Length > 30)
        {
            return false;
        }

        var bytes = cidr.Address.GetAddressBytes();
        var value = (uint)((bytes[0] << 24) | (bytes[1] << 16) | (bytes[2] << 8) | bytes[3]);
        var hosts = uint.MaxValue >> cidr.Length;
        return (value & hosts) is 0 || (value & hosts) == hosts;
    }

    private static bool IsPrintable(char letter) => letter is >= ' ' and <= '~';
}
