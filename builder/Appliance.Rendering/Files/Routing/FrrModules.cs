using Appliance.Rendering.Documents;

namespace Appliance.Rendering.Files.Routing;

/// <summary>Modules of bgpd, which a package has or not.</summary>
internal static class FrrModules
{
    public const string Rpki = "rpki";
    public const string Bmp = "bmp";

    /// <summary>What FreeBSD's package frr10 has: BMP stands under its SNMP option, which is off.</summary>
    private static readonly string[] Stock = [Rpki];

    public static IReadOnlyList<string> Of(SystemDocument system) => system.FrrModules ?? Stock;

    /// <summary>Those that the document gives something to do, in the order of bgpd's options.</summary>
    public static IEnumerable<string> Wanted(SystemDocument system, BgpDocument bgp)
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
