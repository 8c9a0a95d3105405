namespace Appliance.Rendering.Views;

/// <summary>What stands in the files about links that go down.</summary>
/// <param name="Site">Key of the site.</param>
internal sealed record LinkDownView(string Site);
