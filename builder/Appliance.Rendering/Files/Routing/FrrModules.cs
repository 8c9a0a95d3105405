using Appliance.Rendering.Documents;

namespace Appliance.Rendering.Files.Routing;

/// <summary>Modules of bgpd, which a package has or not.</summary>
public static class FrrModules
{
    public const string Rpki = "rpki";
    public const string Bmp = "bmp";

    /// <summary>All that an edge may want.</summary>
    public static IReadOnlyList<string> All { get; } = [Rpki, Bmp];

    /// <summary>What FreeBSD's package frr10 has: BMP stands under its SNMP option, which is off.</summary>
    private static readonly string[] Stock = [Rpki];

    /// <summary>Those that a document's FRR has.</summary>
    public static IReadOnlyList<string> Of(SystemDocument system) => system.FrrModules ?? Stock;

    /// <summary>Those that the document gives something to do, in the order of bgpd's options.</summary>
    internal static IEnumerable<string> Wanted(SystemDocument system, BgpDocument bgp)
    {
        if (bgp.RpkiCaches.Count > 0)
        {
            yield return Rpki;
        }

        if (bgp.Bmp is not null && Of(system).Contains(Bmp))
        {
            yield return Bmp;
        }
    }
}
