using System.Net;
using System.Text.Json;
using Appliance.Lab.Daemons;

namespace Appliance.Conformance.Routes;

/// <summary>A path of bgpd's table.</summary>
/// <param name="LocalPreference">Null when nothing set it.</param>
internal sealed record RibPath(
    string Peer,
    bool Valid,
    bool Best,
    string Path,
    string? NextHop,
    uint? LocalPreference
);

/// <summary>A snapshot of an edge: bgpd's table and the kernel's.</summary>
internal sealed class EdgeObservation
{
    private readonly Dictionary<string, List<RibPath>> rib = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<KernelRoute>> kernel = new(StringComparer.Ordinal);

    /// <summary>Queries both.</summary>
    public static async Task<EdgeObservation> TakeAsync(IEdgeRouter router, CancellationToken token)
    {
        var observation = new EdgeObservation();
        foreach (
            var family in await router.ShowAsync(
                ["show bgp ipv4 unicast json", "show bgp ipv6 unicast json"],
                token
            )
        )
        {
            observation.AddRib(family);
        }

        foreach (var route in await router.KernelRoutesAsync(token))
        {
            observation.AddKernel(route);
        }

        return observation;
    }

    /// <summary>Returns the path of a neighbor's route in bgpd's table, or null.</summary>
    public RibPath? Rib(IPNetwork prefix, IPAddress peer) =>
        rib.GetValueOrDefault(prefix.ToString())?.Find(path => path.Peer == peer.ToString());

    /// <summary>Whether other neighbors have announced the prefix, too, so that the kernel's route may be theirs.</summary>
    public bool HasOthers(IPNetwork prefix, IPAddress peer) =>
        rib.GetValueOrDefault(prefix.ToString())?.Exists(path => path.Peer != peer.ToString())
        == true;

    /// <summary>Returns the kernel's BGP routes to a prefix.</summary>
    public IReadOnlyList<KernelRoute> Kernel(IPNetwork prefix) =>
        kernel.GetValueOrDefault(prefix.ToString())?.Where(route => route.IsRouted).ToList() ?? [];

    private void AddRib(JsonElement family)
    {
        if (!family.TryGetProperty("routes", out var routes))
        {
            return;
        }

        foreach (var route in routes.EnumerateObject())
        {
            rib[route.Name] =
            [
                .. route
                    .Value.EnumerateArray()
                    .Select(path => new RibPath(
                        Text(path, "peerId") ?? "",
                        Flag(path, "valid"),
                        Flag(path, "bestpath"),
                        Text(path, "path") ?? "",
                        path.TryGetProperty("nexthops", out var hops) && hops.GetArrayLength() > 0
                            ? Text(hops[0], "ip")
                            : null,
                        path.TryGetProperty("locPrf", out var preference)
                            ? preference.GetUInt32()
                            : null
                    )),
            ];
        }
    }

    private void AddKernel(KernelRoute route)
    {
        if (!kernel.TryGetValue(route.Destination, out var list))
        {
            kernel[route.Destination] = list = [];
        }

        list.Add(route);
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static bool Flag(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
