using System.Net;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Network;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files.PacketFilter;

/// <summary>What the packet filters of both roles are made of.</summary>
internal static class PfParts
{
    // IANA protocol numbers; the names would need /etc/protocols.
    private const int ProtocolIpv6 = 41;
    private const int ProtocolGre = 47;

    private const int DevicesOfString = 64;

    public const string SshTable = "ssh_from";

    public static PfTunnelView Tunnel(Site site, TunnelDocument tunnel) =>
        new(
            tunnel.Peer,
            tunnel.Device,
            site.DeviceOver(tunnel.Over),
            tunnel.Kind == TunnelKind.Gif ? ProtocolIpv6 : ProtocolGre,
            tunnel.OuterLocal,
            tunnel.OuterRemote,
            tunnel.InnerRemote,
            tunnel.Mss6,
            tunnel.Mss4,
            $"via_{tunnel.Device}"
        );

    /// <summary>
    /// The devices of a macro. pfctl(8) reads strings of up to 8,095 characters (parse.y, yylex) and puts several in a row
    /// together, so many devices are written as several.
    /// </summary>
    public static string Macro(IEnumerable<string> devices) =>
        string.Join(
            "\" \\\n    \"",
            devices.Chunk(DevicesOfString).Select(part => string.Join(' ', part))
        );

    public static string? SshTableIfWanted(Site site) =>
        site.Document.Admin.SshFrom.Count > 0 ? SshTable : null;

    public static IEnumerable<PfTableView> SshTables(Site site) =>
        site.Document.Admin.SshFrom.Count > 0
            ? [new PfTableView("Who may reach ssh", SshTable, site.Document.Admin.SshFrom)]
            : [];

    /// <summary>What this host holds of it belongs to it as well, whatever the document calls the AS's.</summary>
    public static PfTableView Own(Site site) =>
        new(
            "The AS's own prefixes",
            "own",
            [.. site.Document.Prefixes.Union(site.Document.Announced?.Prefixes ?? [])]
        );

    public static PfTableView BogonSources(Site site) =>
        new(
            "Sources that do not exist on the Internet, but for what this site itself uses",
            "bogons",
            [.. Bogons.SourcesExcept([.. UsedPrefixes(site)])]
        );

    public static IReadOnlyList<string> DhcpDevices(Site site) =>
        [.. site.Document.Interfaces.Where(item => item.UsesDhcp()).Select(site.DeviceOf)];

    public static bool AcceptsAdvertisements(Site site) =>
        site.Document.Interfaces.Any(item => item.RouterAdvertisements == true);

    /// <summary>Everything that the document names as a source or destination of legitimate packets.</summary>
    private static IEnumerable<IPNetwork> UsedPrefixes(Site site)
    {
        var document = site.Document;
        IEnumerable<string?> addresses =
        [
            .. document.Interfaces.SelectMany(item => new[] { item.Gateway4, item.Gateway6 }),
            .. document.Tunnels.SelectMany(tunnel =>
                new[] { tunnel.OuterRemote, tunnel.InnerRemote }
            ),
            .. document.Bgp?.Neighbors.Select(neighbor => neighbor.Address) ?? [],
            .. document.Bgp?.RpkiCaches.Select(cache => cache.Host) ?? [],
            .. document.System.Nameservers,
            .. document.System.TimeServers,
        ];
        return
        [
            .. site.OwnPrefixes,
            .. document
                .Bgp?.Neighbors.SelectMany(neighbor => neighbor.AllowedPrefixes)
                .Select(IPNetwork.Parse)
                ?? [],
            .. document.Admin.SshFrom.Select(IPNetwork.Parse),
            .. document
                .Interfaces.SelectMany(item => new[] { item.Ipv4, item.Ipv6 })
                .OfType<string>()
                .Select(Addresses.NetworkOf),
            .. addresses
                .OfType<string>()
                .Where(text => Addresses.TryParse(text, out _))
                .Select(Addresses.HostPrefix),
        ];
    }
}
