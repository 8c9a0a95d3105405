using Appliance.Rendering.Templates;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files.Base;

/// <summary>/etc/resolv.conf, where the network file names resolvers.</summary>
internal sealed class ResolvConfFile : IConfigurationFile
{
    private const string Path = "/etc/resolv.conf";

    public bool IsWanted(Site site) => site.Document.System.Nameservers.Count > 0;

    public RenderedFile Render(Site site)
    {
        var view = new ResolvConfView(site.Document.Site, site.Document.System.Nameservers);
        return new RenderedFile(
            Path,
            RenderedText.Checked(
                Path,
                TemplateEngine.Render(
                    "resolv.conf.sbn",
                    view,
                    ViewJsonContext.Default.ResolvConfView
                )
            )
        );
    }
}
