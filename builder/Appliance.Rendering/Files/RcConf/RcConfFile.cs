using Appliance.Rendering.Templates;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files.RcConf;

/// <summary>/etc/rc.conf: everything that FreeBSD's own start scripts set up.</summary>
internal sealed class RcConfFile : IConfigurationFile
{
    private const string Path = "/etc/rc.conf";

    public bool IsWanted(Site site) => true;

    public RenderedFile Render(Site site)
    {
        var groups = new SettingGroups();
        groups.AddQuoted("Who this machine is", ("hostname", site.Document.Hostname));
        RcInterfaces.Add(site, groups);
        RcTunnels.Add(site, groups);
        RcAnnounced.Add(site, groups);
        RcRoutes.Add(site, groups);
        RcServices.Add(site, groups);
        var view = new RcConfView(site.Document.Site, groups.Groups);
        return new RenderedFile(
            Path,
            RenderedText.Checked(
                Path,
                TemplateEngine.Render("rc.conf.sbn", view, ViewJsonContext.Default.RcConfView)
            )
        );
    }
}
