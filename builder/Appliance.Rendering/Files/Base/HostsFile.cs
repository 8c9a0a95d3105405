using Appliance.Rendering.Network;
using Appliance.Rendering.Templates;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files.Base;

/// <summary>/etc/hosts: the machine knows its own names without asking anybody.</summary>
internal sealed class HostsFile : IConfigurationFile
{
    private const string Path = "/etc/hosts";

    public bool IsWanted(Site site) => true;

    public RenderedFile Render(Site site)
    {
        var document = site.Document;
        var shortName = document.Hostname.Split('.')[0];
        var view = new HostsView(
            document.Site,
            document.Hostname == shortName ? shortName : $"{document.Hostname} {shortName}",
            [.. OwnAddresses(site).Distinct()]
        );
        return new RenderedFile(
            Path,
            RenderedText.Checked(
                Path,
                TemplateEngine.Render("hosts.sbn", view, ViewJsonContext.Default.HostsView)
            )
        );
    }

    private static IEnumerable<string> OwnAddresses(Site site) =>
        [
            .. site.Document.Loopback,
            .. site.Document.Announced?.Addresses ?? [],
            .. site
                .Document.Interfaces.SelectMany(item => new[] { item.Ipv6, item.Ipv4 })
                .OfType<string>()
                .Select(Addresses.WithoutLength),
        ];
}
