namespace Appliance.Rendering.Views;

/// <summary>Devices and the table of our own sources that may not come in on them.</summary>
/// <param name="Devices">A macro, a list in braces, or one device.</param>
/// <param name="Table">Name of the table.</param>
internal sealed record PfOwnSourcesView(string Devices, string Table);
