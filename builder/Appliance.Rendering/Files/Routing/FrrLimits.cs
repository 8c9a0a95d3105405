namespace Appliance.Rendering.Files.Routing;

/// <summary>What FRR itself has no more room for.</summary>
public static class FrrLimits
{
    /// <summary>Each cache has a preference of its own, from 1 to 255 (bgp_rpki.c, "rpki cache").</summary>
    public const int RpkiCaches = 255;

    /// <summary>
    /// Characters of a line of frr.conf: what vtysh reads at once, VTY_BUFSIZ of lib/vty.h, 4096 bytes up to FRR 9 and 8192
    /// since; with a newline and the end of the string.
    /// </summary>
    public const int Line = 4094;

    private const int AroundCommunities = 40;

    /// <summary>Communities of one neighbor, each followed by a blank, fit a "set community" line.</summary>
    public static bool FitsLine(IEnumerable<string> communities) =>
        communities
            .GroupBy(community => community.Count(character => character == ':'))
            .All(kind => kind.Sum(community => community.Length + 1) <= Line - AroundCommunities);
}
