namespace Appliance.Model.Values;

/// <summary>What address space is set aside for.</summary>
public enum SpaceClass
{
    /// <summary>Assigned or assignable to a network.</summary>
    Public,

    /// <summary>For examples (RFC 5737, RFC 3849, RFC 9637).</summary>
    Documentation,

    /// <summary>For use inside a network or a laboratory (RFC 1918, RFC 6598, RFC 4193, RFC 2544, RFC 5180).</summary>
    Private,

    /// <summary>Never a host's address that others can reach, nor announced.</summary>
    Never,
}

/// <summary>The special-purpose address registries of IANA, as far as they concern routers.</summary>
public static class SpecialPurpose
{
    private static readonly IpPrefix GlobalUnicast = IpPrefix.Parse("2000::/3");

    private static readonly (SpaceClass Class, IpPrefix Prefix)[] Registry =
    [
        .. Of(SpaceClass.Documentation, "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"),
        .. Of(SpaceClass.Documentation, "2001:db8::/32", "3fff::/20"),
        .. Of(SpaceClass.Private, "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"),
        .. Of(SpaceClass.Private, "100.64.0.0/10", "198.18.0.0/15", "fc00::/7", "2001:2::/48"),
        .. Of(SpaceClass.Never, "0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24"),
        .. Of(SpaceClass.Never, "192.88.99.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        .. Of(SpaceClass.Never, "2001::/32", "2001:10::/28", "2001:20::/28", "2002::/16"),
        .. Of(SpaceClass.Never, "3ffe::/16"),
    ];

    public static SpaceClass ClassOf(IpAddress address) =>
        ClassOf(new IpPrefix(address, address.Width));

    /// <summary>The class of the space in which the prefix lies.</summary>
    public static SpaceClass ClassOf(IpPrefix prefix)
    {
        foreach (var (space, known) in Registry)
        {
            if (known.Contains(prefix))
            {
                return space;
            }
        }

        // Of IPv6 only 2000::/3 has been opened; the rest is loopback, link-local, multicast or unassigned.
        return prefix.Family == IpFamily.Ipv6 && !GlobalUnicast.Overlaps(prefix)
            ? SpaceClass.Never
            : SpaceClass.Public;
    }

    private static IEnumerable<(SpaceClass, IpPrefix)> Of(
        SpaceClass space,
        params string[] texts
    ) => texts.Select(text => (space, IpPrefix.Parse(text)));
}
