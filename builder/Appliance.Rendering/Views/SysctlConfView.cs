namespace Appliance.Rendering.Views;

/// <summary>What stands in /etc/sysctl.conf.</summary>
internal sealed record SysctlConfView(string Site, IReadOnlyList<SettingGroupView> Groups);
