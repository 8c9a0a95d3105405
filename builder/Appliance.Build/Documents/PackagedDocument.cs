using Appliance.Rendering.Documents;
using Appliance.Sources.Packages.Resolution;

namespace Appliance.Build.Documents;

/// <summary>Tells the site document which packages there are: configuration follows from their versions.</summary>
internal static class PackagedDocument
{
    public static SiteDocument Of(SiteDocument document, IReadOnlyList<ResolvedPackage> packages)
    {
        var frr = packages.FirstOrDefault(package => IsFrr(package.Origin));
        return document with
        {
            System = document.System with
            {
                Frr = frr is not null,
                FrrVersion = frr is null ? null : UpstreamVersion(frr.Version),
            },
        };
    }

    /// <summary>net/frr8, net/frr9, net/frr10 …, and not their Python tools, which have a flavour of the same origin.</summary>
    private static bool IsFrr(string origin) =>
        origin.StartsWith("net/frr", StringComparison.Ordinal)
        && origin["net/frr".Length..].All(char.IsAsciiDigit);

    /// <summary>"10.2.1_3,1" without the port's revision and epoch.</summary>
    private static string UpstreamVersion(string version) => version.Split('_', ',')[0];
}
