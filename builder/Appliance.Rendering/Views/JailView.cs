namespace Appliance.Rendering.Views;

/// <summary>One block of jail.conf(5).</summary>
/// <param name="Name">Name of the block.</param>
/// <param name="Hostname">Full name inside the jail.</param>
/// <param name="Path">Root of the jail on the host.</param>
/// <param name="Address">"device|address/128".</param>
/// <param name="Life">The parameter that starts the jail or keeps an empty one.</param>
/// <param name="RawSockets">The parameter that allows or denies them.</param>
internal sealed record JailView(
    string Name,
    string Hostname,
    string Path,
    string Address,
    string Life,
    string RawSockets
);
