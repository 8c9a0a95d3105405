namespace Appliance.Rendering.Views;

/// <summary>What stands in /etc/hosts.</summary>
/// <param name="Site">Key of the site.</param>
/// <param name="Names">Full name and short name, separated by a blank.</param>
/// <param name="Addresses">All addresses of the machine, the most lasting first.</param>
internal sealed record HostsView(string Site, string Names, IReadOnlyList<string> Addresses);
