namespace Appliance.Rendering.Views;

/// <summary>One line "name=value".</summary>
/// <param name="Name">Left of the '='.</param>
/// <param name="Value">Right of it, quoted where the format wants quotes.</param>
internal sealed record SettingView(string Name, string Value);
