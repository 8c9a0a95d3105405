namespace Appliance.Rendering.Views;

/// <summary>What stands in /etc/jail.conf.</summary>
internal sealed record JailConfView(string Site, IReadOnlyList<JailView> Jails);
