namespace Appliance.Rendering.Views;

/// <summary>What stands in files that are the same everywhere, but for whose they are.</summary>
/// <param name="Site">Key of the site.</param>
internal sealed record SiteView(string Site);
