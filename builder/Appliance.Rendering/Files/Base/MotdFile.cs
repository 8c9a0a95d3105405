using Appliance.Rendering.Documents;
using Appliance.Rendering.Templates;
using Appliance.Rendering.Verdicts;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files.Base;

/// <summary>/etc/motd.template: what the owner sees first, below the line that rc.d/motd puts on top.</summary>
internal sealed class MotdFile : IConfigurationFile
{
    private const string Path = "/etc/motd.template";

    public bool IsWanted(Site site) => true;

    public RenderedFile Render(Site site)
    {
        var document = site.Document;
        var view = new MotdView(
            document.Hostname,
            document.Network,
            document.Asn,
            document.Role == SiteRole.Edge ? "edge router" : "downstream host",
            SiteDocument.TargetPath,
            Verdict.TargetPath
        );
        return new RenderedFile(
            Path,
            RenderedText.Checked(
                Path,
                TemplateEngine.Render("motd.template.sbn", view, ViewJsonContext.Default.MotdView)
            )
        );
    }
}
