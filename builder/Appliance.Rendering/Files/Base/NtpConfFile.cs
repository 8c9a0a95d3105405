using Appliance.Rendering.Templates;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files.Base;

/// <summary>
/// /etc/ntp.conf: the time servers of the network file, or FreeBSD's pool. The base system's own file would serve time to
/// everybody.
/// </summary>
internal sealed class NtpConfFile : IConfigurationFile
{
    private const string Path = "/etc/ntp.conf";

    /// <summary>As in FreeBSD's own ntp.conf; the second has IPv6 addresses as well.</summary>
    private static readonly string[] Pools = ["0.freebsd.pool.ntp.org", "2.freebsd.pool.ntp.org"];

    public bool IsWanted(Site site) => true;

    public RenderedFile Render(Site site)
    {
        var servers = site.Document.System.TimeServers;
        var view = new NtpConfView(
            site.Document.Site,
            servers.Count > 0
                ? [.. servers.Select(server => $"server {server}")]
                : [.. Pools.Select(pool => $"pool {pool}")]
        );
        return new RenderedFile(
            Path,
            RenderedText.Checked(
                Path,
                TemplateEngine.Render("ntp.conf.sbn", view, ViewJsonContext.Default.NtpConfView)
            )
        );
    }
}
