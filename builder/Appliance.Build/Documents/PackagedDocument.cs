using Appliance.Rendering.Documents;

namespace Appliance.Build.Documents;

/// <summary>Tells the site document which packages there are: configuration follows from their versions.</summary>
public static class PackagedDocument
{
    private const string Frr = "net/frr";

    /// <summary>The document of a machine with these packages, and with no others.</summary>
    /// <param name="document">The document that knows of the profile alone.</param>
    /// <param name="packages">Port and version of every package.</param>
    public static SiteDocument Of(
        SiteDocument document,
        IEnumerable<(string Origin, string Version)> packages
    )
    {
        ArgumentNullException.ThrowIfNull(document);
        var version = packages
            .Where(package => IsFrr(package.Origin))
            .Select(package => UpstreamVersion(package.Version))
            .FirstOrDefault();
        return document with
        {
            System = document.System with { Frr = version is not null, FrrVersion = version },
        };
    }

    /// <summary>net/frr8, net/frr9, net/frr10 …, and not net/frr10-pythontools.</summary>
    internal static bool IsFrr(string origin) =>
        origin.StartsWith(Frr, StringComparison.Ordinal)
        && origin[Frr.Length..].All(char.IsAsciiDigit);

    /// <summary>"10.2.1_3,1" without the port's revision and epoch.</summary>
    private static string UpstreamVersion(string version) => version.Split('_', ',')[0];
}
