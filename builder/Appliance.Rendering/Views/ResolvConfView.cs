namespace Appliance.Rendering.Views;

/// <summary>What stands in /etc/resolv.conf.</summary>
internal sealed record ResolvConfView(string Site, IReadOnlyList<string> Nameservers);
