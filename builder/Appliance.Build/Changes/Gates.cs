using System.Net;
using Appliance.Rendering;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Policies;

namespace Appliance.Build.Changes;

/// <summary>A part of the import policy.</summary>
/// <param name="Neighbor">The session it stands on; null when it stands on all.</param>
/// <param name="Admits">It lets routes in; otherwise it keeps routes out.</param>
internal sealed record Gate(string? Neighbor, string What, bool Admits);

/// <summary>What an edge's import policy lets in and keeps out.</summary>
internal static class Gates
{
    private const int LongestIpv6 = 48;
    private const int LongestIpv4 = 24;

    public static IEnumerable<Gate> Of(SiteDocument edge) =>
        [
            .. edge.Prefixes.Select(prefix => Stop(null, $"{prefix} and parts of it, our own")),
            .. Links(edge).Select(link => Stop(null, $"{link} and parts of it, a link of ours")),
            .. edge.Bgp!.RpkiCaches.Count > 0
                ? [Stop(null, "routes that RPKI calls invalid")]
                : Array.Empty<Gate>(),
            .. BogonAsns(edge).Select(range => Stop(null, $"paths through AS {range}, a bogon")),
            .. edge.Bgp.Neighbors.SelectMany(OfSession),
        ];

    private static IEnumerable<Gate> OfSession(NeighborDocument neighbor)
    {
        var takesRoutes = neighbor.Import is ImportMode.Full or ImportMode.Partial;
        if (neighbor.Import is ImportMode.Partial or ImportMode.Default)
        {
            yield return new(neighbor.Name, "the default route", Admits: true);
        }

        if (!takesRoutes)
        {
            yield break;
        }

        if (neighbor.Role != NeighborRole.Customer)
        {
            yield return new(neighbor.Name, "routes that pass the filter", Admits: true);
        }

        foreach (var prefix in neighbor.AllowedPrefixes)
        {
            yield return new(neighbor.Name, $"routes within {prefix}", Admits: true);
            if (neighbor.BlackholeLength is { } length)
            {
                yield return new(
                    neighbor.Name,
                    $"requests to drop a /{length} and smaller parts of {prefix} (RFC 7999)",
                    Admits: true
                );
            }
        }

        if (neighbor.Role is NeighborRole.Peer or NeighborRole.Customer)
        {
            yield return Stop(neighbor.Name, "routes that were for customers only (RFC 9234)");
        }

        if (neighbor.Role != NeighborRole.Transit)
        {
            yield return Stop(
                neighbor.Name,
                "paths through large networks that buy transit from nobody"
            );
        }

        if (neighbor.Role != NeighborRole.RouteServer)
        {
            yield return Stop(neighbor.Name, "paths that do not begin with the neighbor");
            yield return Stop(neighbor.Name, "next hops other than the neighbor");
        }
    }

    private static IEnumerable<string> Links(SiteDocument edge) =>
        edge
            .Interfaces.SelectMany(item => new[] { item.Ipv4, item.Ipv6 })
            .Concat(edge.Tunnels.Select(tunnel => tunnel.InnerLocal))
            .OfType<string>()
            .Select(NetworkOf)
            .Where(link =>
                link.PrefixLength
                <= (Announcements.IsIpv6(link.ToString()) ? LongestIpv6 : LongestIpv4)
            )
            .Select(link => link.ToString())
            .Distinct();

    /// <summary>A lab leaves out the numbers it uses itself.</summary>
    private static IEnumerable<string> BogonAsns(SiteDocument edge) =>
        FrrPolicy
            .Rules(edge, InterfaceNames.Predict(edge))
            .Where(rule =>
                rule.Rule == PolicyRules.BogonAsn
                && rule.Subject is { } subject
                && subject[0] != 'v'
            )
            .Select(rule => rule.Subject!);

    private static IPNetwork NetworkOf(string address)
    {
        var parts = address.Split('/');
        var length = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
        var bytes = IPAddress.Parse(parts[0]).GetAddressBytes();
        for (var bit = length; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new(new IPAddress(bytes), length);
    }

    private static Gate Stop(string? neighbor, string what) => new(neighbor, what, Admits: false);
}
