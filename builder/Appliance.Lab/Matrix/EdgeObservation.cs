using System.Net;
using System.Text.Json;
using Appliance.Lab.Daemons;
using Appliance.Lab.Linux;

namespace Appliance.Lab.Matrix;

/// <summary>A path of bgpd's table.</summary>
/// <param name="LocalPreference">Null when nothing set it.</param>
public sealed record RibPath(
    string Peer,
    bool Valid,
    bool Best,
    string Path,
    string? NextHop,
    uint? LocalPreference
);

/// <summary>A route of the kernel's main table.</summary>
public sealed record KernelRoute(string Destination, string? Device, string? Via, string Protocol)
{
    public override string ToString() =>
        $"{Destination}{(Via is null ? "" : $" via {Via}")} dev {Device} proto {Protocol}";
}

/// <summary>What an edge knew at one moment: bgpd's table and the kernel's.</summary>
public sealed class EdgeObservation
{
    private readonly Dictionary<string, List<RibPath>> rib = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<KernelRoute>> kernel = new(StringComparer.Ordinal);

    /// <summary>Asks both.</summary>
    public static async Task<EdgeObservation> TakeAsync(
        FrrRouter router,
        IpTool ip,
        string namespaceName,
        CancellationToken token
    )
    {
        var observation = new EdgeObservation();
        foreach (
            var family in await router.ShowAsync(
                token,
                "show bgp ipv4 unicast json",
                "show bgp ipv6 unicast json"
            )
        )
        {
            observation.AddRib(family);
        }

        foreach (var family in new[] { "-4", "-6" })
        {
            var text = await ip.JsonAsync(namespaceName, [family, "route", "show"], token);
            if (text.Length > 0)
            {
                using var json = JsonDocument.Parse(text);
                observation.AddKernel(json.RootElement, family == "-4" ? "0.0.0.0/0" : "::/0");
            }
        }

        return observation;
    }

    /// <summary>The path that a neighbor's route has in bgpd's table, or null.</summary>
    public RibPath? Rib(IPNetwork prefix, IPAddress peer) =>
        rib.GetValueOrDefault(prefix.ToString())?.Find(path => path.Peer == peer.ToString());

    /// <summary>Other neighbors have told the prefix, too, so what the kernel has may be theirs.</summary>
    public bool HasOthers(IPNetwork prefix, IPAddress peer) =>
        rib.GetValueOrDefault(prefix.ToString())?.Exists(path => path.Peer != peer.ToString())
        == true;

    /// <summary>The kernel's routes to a prefix that BGP has brought.</summary>
    public IReadOnlyList<KernelRoute> Kernel(IPNetwork prefix) =>
        kernel
            .GetValueOrDefault(prefix.ToString())
            ?.Where(route => route.Protocol == "bgp")
            .ToList()
        ?? [];

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

    private void AddKernel(JsonElement routes, string everything)
    {
        var host = everything[0] == ':' ? "/128" : "/32";
        foreach (var route in routes.EnumerateArray())
        {
            var destination = Text(route, "dst") ?? "";
            var prefix =
                destination == "default" ? everything
                : destination.Contains('/', StringComparison.Ordinal) ? destination
                : destination + host;
            if (!kernel.TryGetValue(prefix, out var list))
            {
                kernel[prefix] = list = [];
            }

            list.Add(
                new(
                    prefix,
                    Text(route, "dev"),
                    Text(route, "gateway"),
                    Text(route, "protocol") ?? ""
                )
            );
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static bool Flag(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
