namespace Appliance.Rendering.Files.Routing;

/// <summary>/etc/cron.d/appliance-frr (crontab(5)): a watchfrr that is gone is started again; see rc.d/frr of the package.</summary>
internal sealed class FrrCronFile : IConfigurationFile
{
    private const string Path = "/etc/cron.d/appliance-frr";

    public bool IsWanted(Site site) => site.RunsFrr;

    public RenderedFile Render(Site site) =>
        new(Path, RenderedText.OfSite(Path, "frr.cron.sbn", site));
}
