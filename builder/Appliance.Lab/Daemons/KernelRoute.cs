namespace Appliance.Lab.Daemons;

/// <summary>A route of the kernel's main table.</summary>
/// <param name="Destination">"2d00:2000::/32"; of a default route "::/0" or "0.0.0.0/0".</param>
/// <param name="Protocol">Who brought it, in the kernel's word: "bgp", "kernel", "static", on FreeBSD "proto1" for zebra.</param>
/// <param name="Drops">Packets end here, without an answer.</param>
public sealed record KernelRoute(
    string Destination,
    string? Device,
    string? Via,
    string Protocol,
    bool Drops = false
)
{
    /// <summary>zebra installs routes of every origin as "proto1" on FreeBSD, and as what they are on Linux.</summary>
    public bool IsRouted => Protocol is "bgp" or FromZebra;

    /// <summary>FreeBSD's RTF_PROTO1, which zebra sets on what it installs.</summary>
    public const string FromZebra = "proto1";

    /// <summary>The prefix behind a destination as both kernels' tools write it: "default", a prefix or a bare address.</summary>
    internal static string Prefix(string destination, bool ipv6) =>
        destination == "default" ? (ipv6 ? "::/0" : "0.0.0.0/0")
        : destination.Contains('/', StringComparison.Ordinal) ? destination
        : destination + (ipv6 ? "/128" : "/32");

    public override string ToString() =>
        $"{(Drops ? "blackhole " : "")}{Destination}{(Via is null ? "" : $" via {Via}")}{(Device is null ? "" : $" dev {Device}")} proto {Protocol}";
}
