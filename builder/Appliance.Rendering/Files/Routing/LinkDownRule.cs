using Appliance.Rendering.Templates;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files.Routing;

/// <summary>Has devd(8) start <see cref="LinkDownScript"/> when a carrier is lost (devd.conf(5), IFNET).</summary>
internal sealed class LinkDownRule : IConfigurationFile
{
    private const string Path = "/usr/local/etc/devd/appliance.conf";

    public bool IsWanted(Site site) => site.Document is { System.Frr: true, Bgp: not null };

    public RenderedFile Render(Site site) =>
        new(
            Path,
            RenderedText.Checked(
                Path,
                TemplateEngine.Render(
                    "devd.conf.sbn",
                    new SiteView(site.Document.Site),
                    ViewJsonContext.Default.SiteView
                )
            )
        );
}
