namespace Appliance.Rendering.Views;

/// <summary>What stands in /etc/ntp.conf.</summary>
internal sealed record NtpConfView(string Site, IReadOnlyList<string> Servers);
