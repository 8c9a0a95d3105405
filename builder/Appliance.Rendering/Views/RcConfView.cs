namespace Appliance.Rendering.Views;

/// <summary>What stands in /etc/rc.conf.</summary>
internal sealed record RcConfView(string Site, IReadOnlyList<SettingGroupView> Groups);
