using Appliance.Rendering.Documents;
using Appliance.Rendering.Policies;

namespace Appliance.Lab.Topology;

/// <summary>Sites whose sessions end after few routes, so that a test can exceed what takes a whole table elsewhere.</summary>
public static class LoweredLimits
{
    /// <summary>More than the lab's honest neighbors and the matrix announce on one session.</summary>
    public const int OfMatrix = 200;

    /// <summary>The documents with limits of at most <paramref name="most"/>; lower ones stay.</summary>
    public static IReadOnlyList<SiteDocument> Of(
        IEnumerable<SiteDocument> documents,
        int most = OfMatrix
    ) => [.. documents.Select(site => site.Bgp is null ? site : Lower(site, site.Bgp, most))];

    private static SiteDocument Lower(SiteDocument site, BgpDocument bgp, int most) =>
        site with
        {
            Bgp = bgp with
            {
                Neighbors =
                [
                    .. bgp.Neighbors.Select(neighbor =>
                        ImportLimit.Of(neighbor) > most
                            ? neighbor with
                            {
                                MaximumPrefix = most,
                            }
                            : neighbor
                    ),
                ],
            },
        };
}
