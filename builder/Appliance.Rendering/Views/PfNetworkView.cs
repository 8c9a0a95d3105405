namespace Appliance.Rendering.Views;

/// <summary>A customer that speaks BGP with us, as pf.conf(5) sees it.</summary>
/// <param name="Name">Who it is.</param>
/// <param name="Device">Where it is reached.</param>
/// <param name="Table">Name of the table of what it may send from.</param>
/// <param name="OwnDevice">The device, when nobody else sends there; null on a shared link.</param>
internal sealed record PfNetworkView(string Name, string Device, string Table, string? OwnDevice);
