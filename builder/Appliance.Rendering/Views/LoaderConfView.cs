namespace Appliance.Rendering.Views;

/// <summary>What stands in /boot/loader.conf.</summary>
internal sealed record LoaderConfView(string Site, IReadOnlyList<SettingGroupView> Groups);
