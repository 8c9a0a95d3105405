using System.Globalization;
using Appliance.Rendering.Documents;

namespace Appliance.Rendering.Files.Routing;

/// <summary>RPKI caches, in the syntax of the FRR that reads them.</summary>
internal static class FrrRpki
{
    // FRR 10 wants the transport named; 8 and 9 would take "tcp" for the host.
    private const int FirstVersionWithTransport = 10;

    /// <summary>Commands inside "rpki", or null when there are no caches.</summary>
    public static IReadOnlyList<string>? Commands(
        string? frrVersion,
        IReadOnlyList<RpkiCacheDocument> caches
    )
    {
        if (caches.Count == 0)
        {
            return null;
        }

        var major = frrVersion is null
            ? FirstVersionWithTransport
            : int.Parse(frrVersion.Split('.')[0], CultureInfo.InvariantCulture);
        var transport = major >= FirstVersionWithTransport ? "tcp " : "";
        return
        [
            .. caches.Select(
                (cache, index) =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"rpki cache {transport}{cache.Host} {cache.Port} preference {index + 1}"
                    )
            ),
        ];
    }
}
