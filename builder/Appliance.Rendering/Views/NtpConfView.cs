namespace Appliance.Rendering.Views;

/// <summary>What stands in /etc/ntp.conf.</summary>
/// <param name="Site">Key of the site.</param>
/// <param name="Sources">Lines' beginnings: "server 192.0.2.123", "pool 0.freebsd.pool.ntp.org".</param>
internal sealed record NtpConfView(string Site, IReadOnlyList<string> Sources);
