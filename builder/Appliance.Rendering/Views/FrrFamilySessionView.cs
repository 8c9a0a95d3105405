namespace Appliance.Rendering.Views;

/// <summary>A session within an address family, and the route-map of what we tell it.</summary>
/// <param name="Name">Key of the upstream.</param>
/// <param name="Address">The neighbor's address.</param>
/// <param name="ExportMap">Name of the outgoing route-map.</param>
/// <param name="MaximumPrefix">Routes before the session is torn down.</param>
/// <param name="MaximumPrefixOut">Routes we send at most.</param>
/// <param name="ExportActions">"set" commands of the outgoing route-map.</param>
internal sealed record FrrFamilySessionView(
    string Name,
    string Address,
    string ExportMap,
    int MaximumPrefix,
    int MaximumPrefixOut,
    IReadOnlyList<string> ExportActions
);
