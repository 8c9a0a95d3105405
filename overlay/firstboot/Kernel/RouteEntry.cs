namespace Appliance.FirstBoot.Kernel;

/// <summary>One route of one FIB as netstat(1) shows it.</summary>
/// <param name="Destination">The default route is 0.0.0.0/0 or ::/0.</param>
/// <param name="Gateway">Address or "link#2"; an IPv6 scope is kept.</param>
/// <param name="Flags">Letters: U, G, S (static), B (blackhole) …</param>
/// <param name="Device">Name of the interface.</param>
internal sealed record RouteEntry(Cidr Destination, string Gateway, string Flags, string Device)
{
    public bool IsBlackhole => Flags.Contains('B', StringComparison.Ordinal);

    public bool IsDefault => Destination.Length == 0;

    /// <summary>"via 198.51.100.1 on vtnet0", or "blackhole".</summary>
    public override string ToString() => IsBlackhole ? "blackhole" : $"via {Gateway} on {Device}";
}
