using Appliance.Model.Reports;

namespace Appliance.Model.Values;

/// <summary>An address of an interface together with the length of the prefix that is on link.</summary>
public readonly record struct InterfaceAddress(IpAddress Address, int Length)
    : IParsedValue<InterfaceAddress>
{
    public static FindingKind Malformed => FindingCatalogue.NotAnInterfaceAddress;

    public IpFamily Family => Address.Family;

    /// <summary>The prefix that is on link.</summary>
    public IpPrefix Prefix => IpPrefix.Around(Address, Length);

    /// <summary>Reads an address that is known to be right, such as a constant.</summary>
    /// <exception cref="FormatException">The text is no interface address.</exception>
    public static InterfaceAddress Parse(string text) =>
        TryParse(text, out var value, out var reason)
            ? value
            : throw new FormatException($"\"{text}\" {reason}");

    public static bool TryParse(string text, out InterfaceAddress value, out string reason)
    {
        value = default;
        if (IsAutomatic(text))
        {
            reason =
                "cannot be used here: a network file has fixed addresses, for other sites and the packet filter are made "
                + "from them. Write what the provider gave, as in ipv4: 198.51.100.10/24 with gateway4: 198.51.100.1; "
                + "or leave the key out, and the machine takes what the provider's metadata says";
            return false;
        }

        if (!AddressWithLength.TryParse(text, out var address, out var length, out reason))
        {
            return false;
        }

        value = new InterfaceAddress(address, length);
        reason = ReasonAgainst(value);
        return reason.Length == 0;
    }

    public override string ToString() => $"{Address}/{Length}";

    private static bool IsAutomatic(string text) =>
        text.ToLowerInvariant()
            is "dhcp"
                or "dhcp4"
                or "dhcp6"
                or "dhcpv4"
                or "dhcpv6"
                or "syncdhcp"
                or "auto"
                or "slaac"
                or "accept_rtadv"
                or "ra";

    // RFC 3021 and RFC 6164: in the shortest two prefixes every address is a host's.
    private static string ReasonAgainst(InterfaceAddress value)
    {
        if (value.Length == 0 || value.Address.IsUnspecified)
        {
            return "is no address that an interface can have";
        }

        if (value.Address.Width - value.Length < 2)
        {
            return "";
        }

        if (value.Address == value.Prefix.First)
        {
            return $"is the first address of {value.Prefix}, which names the network itself";
        }

        return value.Address.IsIpv4 && value.Address == value.Prefix.Last
            ? $"is the broadcast address of {value.Prefix}"
            : "";
    }
}
