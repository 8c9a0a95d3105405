using Appliance.Rendering.Templates;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files.Base;

/// <summary>/etc/ntp.conf, where the network file names time servers; else the base system's own stays.</summary>
internal sealed class NtpConfFile : IConfigurationFile
{
    private const string Path = "/etc/ntp.conf";

    public bool IsWanted(Site site) => site.Document.System.TimeServers.Count > 0;

    public RenderedFile Render(Site site)
    {
        var view = new NtpConfView(site.Document.Site, site.Document.System.TimeServers);
        return new RenderedFile(
            Path,
            RenderedText.Checked(
                Path,
                TemplateEngine.Render("ntp.conf.sbn", view, ViewJsonContext.Default.NtpConfView)
            )
        );
    }
}
