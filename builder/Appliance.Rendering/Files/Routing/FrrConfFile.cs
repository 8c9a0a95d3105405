namespace Appliance.Rendering.Files.Routing;

/// <summary>
/// FRR's frr.conf. Every edge has one, also while FRR is not in the image: it is what the edge is for, and
/// what a person wants to read before the package is there.
/// </summary>
internal sealed class FrrConfFile : IConfigurationFile
{
    public const string Path = "/usr/local/etc/frr/frr.conf";

    public bool IsWanted(Site site) => site.Document.Bgp is not null;

    public RenderedFile Render(Site site) =>
        new(
            Path,
            RenderedText.Checked(Path, new FrrConf(site).Text(without: [])),
            Mode: FileModes.OwnerAndGroup,
            Owner: "frr",
            Group: "frr"
        );
}
