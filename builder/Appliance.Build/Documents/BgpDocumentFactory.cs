using Appliance.Model.Derived;
using Appliance.Model.Networks;
using Appliance.Model.Values;
using Appliance.Rendering.Documents;

namespace Appliance.Build.Documents;

/// <summary>Writes down the routing policy of an edge.</summary>
internal static class BgpDocumentFactory
{
    public static BgpDocument Create(Network network, DerivedSite derived) =>
        new()
        {
            RouterId =
                derived.RouterId?.ToString()
                ?? throw new ArgumentException($"edge {derived.Site.Name} has no router ID"),
            Neighbors = [.. derived.Neighbors.Select(Neighbor)],
            RpkiCaches =
            [
                .. network.RpkiCaches.Select(cache => new RpkiCacheDocument
                {
                    Host = cache.Host.Value.ToString(),
                    Port = cache.Port.Value.Number,
                    Ssh = cache.Ssh is { } ssh
                        ? new RpkiSshDocument
                        {
                            User = ssh.User.Value.Text,
                            KeySecret = ssh.KeySecret.Value.Text,
                            HostKey = $"{ssh.HostKey.Value.Type} {ssh.HostKey.Value.Base64}",
                        }
                        : null,
                }),
            ],
            Blackholes = [.. network.Blackholes.Select(prefix => prefix.Value.ToString())],
            CommunityNames = CommunityNames(network),
            Bmp = network.Bmp is { } station
                ? new BmpDocument(station.Host.Value.ToString(), station.Port.Value.Number)
                : null,
        };

    /// <summary>In the order of the file; a second name for a community is no use to those who read bgpd's answers.</summary>
    private static Dictionary<string, string> CommunityNames(Network network) =>
        network
            .Communities.DistinctBy(named => named.Value.Value)
            .ToDictionary(named => named.Name.Text, named => named.Value.Value.ToString());

    private static NeighborDocument Neighbor(DerivedNeighbor neighbor)
    {
        var upstream = neighbor.Upstream;
        return new NeighborDocument
        {
            Name = upstream.Name.Text,
            Address = upstream.Neighbor.Value.ToString(),
            Asn = upstream.Asn.Value.Number,
            Over = neighbor.Over,
            Role = RoleOf(upstream.Role.Value),
            Import = ImportOf(upstream.Import.Value),
            Send = SendOf(upstream),
            AllowedPrefixes = [.. upstream.Prefixes.Select(prefix => prefix.Value.ToString())],
            BlackholeLength = LengthOfBlackholes(upstream),
            Prepend = upstream.Prepend,
            Med = upstream.Med,
            LocalPreference = upstream.LocalPreference,
            Communities = [.. neighbor.Communities.Select(community => community.ToString())],
            BlackholeCommunity = neighbor.Blackhole?.ToString(),
            Drain = neighbor.IsDrained,
            PasswordSecret = upstream.PasswordSecret?.Value.Text,
            MaximumPrefix = upstream.MaximumPrefix?.Value,
            Session = Session(upstream.Session),
        };
    }

    private static int? LengthOfBlackholes(Upstream upstream) =>
        upstream.AcceptBlackholes is { } requests
            ? requests.Value.Shortest?.Value ?? IpAddress.WidthOf(upstream.Neighbor.Value.Family)
            : null;

    private static SessionDocument Session(UpstreamSession session) =>
        new()
        {
            Multihop = session.Multihop?.Value,
            TtlSecurity = session.TtlSecurity?.Value ?? false,
            Bfd = session.Bfd is { } bfd
                ? new BfdDocument(bfd.Value.Interval, bfd.Value.Multiplier)
                : null,
            Keepalive = session.Timers?.Value.Keepalive,
            Hold = session.Timers?.Value.Hold,
            GracefulRestart = session.GracefulRestart switch
            {
                RestartMode.Off => GracefulRestartMode.Off,
                RestartMode.Restart => GracefulRestartMode.Restart,
                RestartMode.Helper => GracefulRestartMode.Helper,
            },
            StrictRole = session.StrictRole,
            Shutdown = session.Shutdown?.Value.Text,
        };

    private static NeighborRole RoleOf(UpstreamRole role) =>
        role switch
        {
            UpstreamRole.Peer => NeighborRole.Peer,
            UpstreamRole.RouteServer => NeighborRole.RouteServer,
            UpstreamRole.Customer => NeighborRole.Customer,
            UpstreamRole.Transit => NeighborRole.Transit,
        };

    private static ImportMode ImportOf(UpstreamImport import) =>
        import switch
        {
            UpstreamImport.Partial => ImportMode.Partial,
            UpstreamImport.Default => ImportMode.Default,
            UpstreamImport.Nothing => ImportMode.Nothing,
            UpstreamImport.Full => ImportMode.Full,
        };

    /// <summary>A customer that is told nothing of the Internet has bought nothing: the default route, unless given.</summary>
    private static ExportMode SendOf(Upstream upstream) =>
        (upstream.Role.Value, upstream.Send?.Value) switch
        {
            (UpstreamRole.Customer, null or UpstreamSend.Default) => ExportMode.Default,
            (UpstreamRole.Customer, UpstreamSend.Full) => ExportMode.Full,
            (UpstreamRole.Customer, UpstreamSend.Own)
            or (UpstreamRole.Transit or UpstreamRole.Peer or UpstreamRole.RouteServer, _) =>
                ExportMode.Own,
        };
}
