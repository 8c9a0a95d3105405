namespace Appliance.Rendering.Views;

/// <summary>Settings that belong together, under a comment.</summary>
/// <param name="Comment">Lines of the comment, without '#'.</param>
/// <param name="Settings">At least one.</param>
internal sealed record SettingGroupView(
    IReadOnlyList<string> Comment,
    IReadOnlyList<SettingView> Settings
);
