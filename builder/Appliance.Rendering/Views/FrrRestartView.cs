namespace Appliance.Rendering.Views;

/// <summary>What stands in the script that watchfrr runs.</summary>
/// <param name="Site">Key of the site.</param>
internal sealed record FrrRestartView(string Site);
