using Appliance.Rendering.Templates;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files.PacketFilter;

/// <summary>
/// /etc/pf-fallback.conf: what rc.d/pf loads when pf.conf does not load. It names no device, so that it
/// loads whatever else is wrong, and leaves the owner a way in.
/// </summary>
internal sealed class FallbackRulesFile : IConfigurationFile
{
    public const string Path = "/etc/pf-fallback.conf";

    public bool IsWanted(Site site) => true;

    public RenderedFile Render(Site site)
    {
        var view = new PfFallbackView(
            site.Document.Site,
            [.. PfParts.SshTables(site)],
            PfParts.SshTableIfWanted(site),
            PfParts.AcceptsAdvertisements(site)
        );
        return new RenderedFile(
            Path,
            RenderedText.Checked(
                Path,
                TemplateEngine.Render(
                    "pf.fallback.conf.sbn",
                    view,
                    ViewJsonContext.Default.PfFallbackView
                )
            ),
            Mode: FileModes.OwnerOnly
        );
    }
}
