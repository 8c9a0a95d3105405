using Appliance.Rendering.Templates;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files.Boot;

/// <summary>
/// /etc/fstab: file systems by GPT label, so that neither the kind of disk nor its number matters. The
/// loader reads it too, to tell the kernel where its root is.
/// </summary>
internal sealed class FstabFile : IConfigurationFile
{
    private const string Path = "/etc/fstab";

    public bool IsWanted(Site site) => true;

    public RenderedFile Render(Site site)
    {
        var system = site.Document.System;
        var view = new FstabView(site.Document.Site, system.RootLabel, system.EspLabel);
        return new RenderedFile(
            Path,
            RenderedText.Checked(
                Path,
                TemplateEngine.Render("fstab.sbn", view, ViewJsonContext.Default.FstabView)
            ),
            InImage: true
        );
    }
}
