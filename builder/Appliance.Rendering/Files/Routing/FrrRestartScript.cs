using Appliance.Rendering.Templates;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files.Routing;

/// <summary>
/// What watchfrr runs to start FRR and to bring a daemon back. The package's rc script would have all daemons read frr.conf
/// again, and a zebra that starts would leave routes over link-local addresses where a killed one had put them (FRR,
/// zebra/kernel_socket.c, rtm_read).
/// </summary>
internal sealed class FrrRestartScript : IConfigurationFile
{
    public const string Path = "/usr/local/libexec/appliance/frr-restart";

    public bool IsWanted(Site site) => site.Document is { System.Frr: true, Bgp: not null };

    public RenderedFile Render(Site site) =>
        new(
            Path,
            RenderedText.Checked(
                Path,
                TemplateEngine.Render(
                    "frr-restart.sbn",
                    new SiteView(site.Document.Site),
                    ViewJsonContext.Default.SiteView
                )
            ),
            Mode: FileModes.Program
        );
}
