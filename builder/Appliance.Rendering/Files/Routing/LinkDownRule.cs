namespace Appliance.Rendering.Files.Routing;

/// <summary>Has devd(8) start <see cref="LinkDownScript"/> when a carrier is lost (devd.conf(5), IFNET).</summary>
internal sealed class LinkDownRule : IConfigurationFile
{
    private const string Path = "/usr/local/etc/devd/appliance.conf";

    public bool IsWanted(Site site) => site.RunsFrr;

    public RenderedFile Render(Site site) =>
        new(Path, RenderedText.OfSite(Path, "devd.conf.sbn", site));
}
