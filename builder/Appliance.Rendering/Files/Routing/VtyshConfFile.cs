namespace Appliance.Rendering.Files.Routing;

/// <summary>FRR's vtysh.conf: one file configures all daemons.</summary>
internal sealed class VtyshConfFile : IConfigurationFile
{
    private const string Path = "/usr/local/etc/frr/vtysh.conf";

    public bool IsWanted(Site site) => site.Document.Bgp is not null;

    public RenderedFile Render(Site site) =>
        new(
            Path,
            RenderedText.OfSite(Path, "vtysh.conf.sbn", site),
            Mode: FileModes.OwnerAndGroup,
            Owner: "frr",
            Group: "frr"
        );
}
