using Appliance.Rendering.Templates;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files.Routing;

/// <summary>
/// What is done about the kernel's routes through a link that has gone down: zebra does not delete them (FRR,
/// zebra/rt_socket.c, kernel_rtm passes over next hops that are not active), and FreeBSD's kernel keeps them.
/// </summary>
internal sealed class LinkDownScript : IConfigurationFile
{
    private const string Path = "/usr/local/libexec/appliance/link-down";

    public bool IsWanted(Site site) => site.Document is { System.Frr: true, Bgp: not null };

    public RenderedFile Render(Site site) =>
        new(
            Path,
            RenderedText.Checked(
                Path,
                TemplateEngine.Render(
                    "link-down.sbn",
                    new SiteView(site.Document.Site),
                    ViewJsonContext.Default.SiteView
                )
            ),
            Mode: FileModes.Program
        );
}
