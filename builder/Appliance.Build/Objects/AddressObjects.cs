using System.Globalization;
using System.Net;
using Appliance.Model.Networks;
using Appliance.Model.Values;

namespace Appliance.Build.Objects;

/// <summary>
/// Hints for inet6num and inetnum objects (RFC 4012, 2): which parts of the network are in use, and for what. Registries
/// differ in what else they ask for.
/// </summary>
internal static class AddressObjects
{
    /// <summary>A piece of space with its name: whole prefixes, the links, then what sites hold.</summary>
    /// <param name="Given">Who gave the prefix has usually registered it.</param>
    public sealed record Block(IpPrefix Prefix, string Name, string Description, bool Given);

    public static IEnumerable<Block> Of(Network network)
    {
        var name = network.Name.Text.ToUpperInvariant();
        foreach (var prefix in network.Prefixes)
        {
            yield return new(prefix.Value, name, $"AS{network.Asn}", Given: true);
        }

        if (network.LinkPrefix is { } links)
        {
            yield return new(links.Value, $"{name}-LINKS", "links between sites", Given: false);
        }

        foreach (var site in network.Sites)
        {
            foreach (var prefix in site.Prefixes)
            {
                yield return new(
                    prefix.Value,
                    $"{name}-{site.Name.Text.ToUpperInvariant()}",
                    site.Hostname.Value.ToString(),
                    Given: false
                );
            }
        }
    }

    /// <summary>inetnum objects are named by a range (RFC 2622), inet6num objects by a prefix.</summary>
    public static string KeyOf(IpPrefix prefix)
    {
        if (prefix.Family == IpFamily.Ipv6)
        {
            return prefix.ToString();
        }

        var first = IPAddress.Parse(prefix.ToString().Split('/')[0]);
        var bytes = first.GetAddressBytes();
        for (var bit = prefix.Length; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{first} - {new IPAddress(bytes)}");
    }
}
