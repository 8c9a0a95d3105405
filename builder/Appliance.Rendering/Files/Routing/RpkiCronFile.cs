using Appliance.Rendering.Documents;
using Appliance.Rendering.Policies;
using Appliance.Rendering.Templates;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files.Routing;

/// <summary>
/// /etc/cron.d/appliance-rpki (crontab(5)): everything that was taken is looked at again. bgpd applies changes of
/// RPKI as the cache tells them, but what it took while no cache was synchronised it keeps, valid or not, what it
/// refused stays refused although a ROA has come to allow it, and when a cache tells much at once it loses part of it.
/// </summary>
internal sealed class RpkiCronFile : IConfigurationFile
{
    private const string Path = "/etc/cron.d/appliance-rpki";

    private const string EveryQuarterOfAnHour = "*/15 * * * *";

    public bool IsWanted(Site site) =>
        site.Document is { System.Frr: true, Bgp: { RpkiCaches.Count: > 0 } bgp }
        && bgp.Neighbors.Any(neighbor => neighbor.Import is ImportMode.Full or ImportMode.Partial);

    public RenderedFile Render(Site site) =>
        new(
            Path,
            RenderedText.Checked(
                Path,
                TemplateEngine.Render(
                    "rpki.cron.sbn",
                    new RpkiCronView(
                        site.Document.Site,
                        EveryQuarterOfAnHour,
                        $"/usr/local/bin/vtysh -c '{FrrPolicy.RevalidationCommand}'"
                    ),
                    ViewJsonContext.Default.RpkiCronView
                )
            )
        );
}
