namespace Appliance.Rendering.Views;

/// <summary>What stands in FRR's vtysh.conf.</summary>
internal sealed record VtyshConfView(string Site);
