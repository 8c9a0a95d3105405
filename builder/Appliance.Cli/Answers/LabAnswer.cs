using Appliance.Lab.Running;

namespace Appliance.Cli.Answers;

/// <summary>Of <c>lab up</c> and <c>lab status</c>.</summary>
/// <param name="Keeper">Number of the process that holds the lab.</param>
/// <param name="Kept">That process lives.</param>
/// <param name="Missing">Namespaces that should be there.</param>
internal sealed record LabAnswer(
    string Lab,
    int Keeper,
    bool Kept,
    bool Healthy,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Namespaces,
    IReadOnlyList<LabSessionAnswer> Sessions
)
{
    public static LabAnswer Of(LabStatus status) =>
        new(
            status.State.Name,
            status.State.Keeper,
            status.State.IsKept,
            status.IsHealthy,
            status.Missing,
            [.. status.Plan.Nodes.Select(node => node.Namespace)],
            [
                .. status.Sessions.Select(item => new LabSessionAnswer(
                    item.Session.Edge,
                    item.Session.Neighbor.Name,
                    item.Session.Neighbor.Asn,
                    item.Session.UpstreamAddress.ToString(),
                    item.State,
                    item.Received,
                    item.Sent
                )),
            ]
        );
}

/// <summary>A session as the edge's bgpd sees it.</summary>
/// <param name="Received">Prefixes taken.</param>
/// <param name="Sent">Prefixes told.</param>
internal sealed record LabSessionAnswer(
    string Edge,
    string Neighbor,
    uint Asn,
    string Address,
    string State,
    int Received,
    int Sent
);
