using Appliance.Rendering.Documents;
using Appliance.Rendering.Templates;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files.Routing;

/// <summary>
/// FRR's frr.conf. Every edge has one, also while FRR is not in the image: it is what the edge is for, and
/// what a person wants to read before the package is there.
/// </summary>
internal sealed class FrrConfFile : IConfigurationFile
{
    private const string Path = "/usr/local/etc/frr/frr.conf";

    public bool IsWanted(Site site) => site.Document.Bgp is not null;

    public RenderedFile Render(Site site) =>
        new(
            Path,
            RenderedText.Checked(
                Path,
                TemplateEngine.Render(
                    "frr.conf.sbn",
                    View(site, site.Document.Bgp!),
                    ViewJsonContext.Default.FrrConfView
                )
            ),
            Mode: FileModes.OwnerAndGroup,
            Owner: "frr",
            Group: "frr"
        );

    private static FrrConfView View(Site site, BgpDocument bgp) =>
        new(
            site.Document.Site,
            site.Document.Hostname.Split('.')[0],
            site.Document.Asn,
            bgp.RouterId,
            FrrRpki.Commands(site.Document.System.FrrVersion, bgp.RpkiCaches),
            [.. FrrStaticRoutes.Commands(site)],
            [.. bgp.Neighbors.Select(neighbor => FrrNeighbors.View(site, neighbor))],
            [.. FrrFamilies.Views(site, bgp)],
            [.. FrrFamilies.BogonAsns(site.Document, bgp)]
        );
}
