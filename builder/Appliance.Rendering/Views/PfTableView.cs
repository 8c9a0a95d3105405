namespace Appliance.Rendering.Views;

/// <summary>A constant table of pf.conf(5).</summary>
/// <param name="Comment">What the table is for.</param>
/// <param name="Name">At most 31 characters.</param>
/// <param name="Entries">Addresses and prefixes.</param>
internal sealed record PfTableView(string Comment, string Name, IReadOnlyList<string> Entries);
