using Appliance.Rendering.Documents;
using Appliance.Rendering.Templates;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files.Base;

/// <summary>/etc/jail.conf: jails that see FIB 1 only, each with one announced address.</summary>
internal sealed class JailConfFile : IConfigurationFile
{
    private const string Path = "/etc/jail.conf";

    public bool IsWanted(Site site) => site.Document.Announced is { Jails.Count: > 0 };

    public RenderedFile Render(Site site)
    {
        var announced = site.Document.Announced!;
        var view = new JailConfView(
            site.Document.Site,
            [.. announced.Jails.Select(jail => Jail(site, announced, jail))]
        );
        return new RenderedFile(
            Path,
            RenderedText.Checked(
                Path,
                TemplateEngine.Render("jail.conf.sbn", view, ViewJsonContext.Default.JailConfView)
            )
        );
    }

    private static JailView Jail(Site site, AnnouncedDocument announced, JailDocument jail) =>
        new(
            jail.Name,
            $"{jail.Name.Replace('_', '-')}.{site.Document.Hostname}",
            jail.Path ?? $"/jails/{jail.Name}",
            $"{announced.Device}|{jail.Address}/128",
            jail.Start is { } start ? $"exec.start = \"{start}\";" : "persist;",
            jail.RawSockets ? "allow.raw_sockets;" : "allow.noraw_sockets;"
        );
}
