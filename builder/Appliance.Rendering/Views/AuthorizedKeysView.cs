namespace Appliance.Rendering.Views;

/// <summary>What stands in root's authorized_keys.</summary>
internal sealed record AuthorizedKeysView(string Site, IReadOnlyList<string> Keys);
