namespace Appliance.Rendering.Views;

/// <summary>What stands in /etc/fstab.</summary>
/// <param name="Site">Key of the site.</param>
/// <param name="RootLabel">GPT label of the root file system.</param>
/// <param name="EspLabel">GPT label of the EFI system partition, if there is one.</param>
internal sealed record FstabView(string Site, string RootLabel, string? EspLabel);
