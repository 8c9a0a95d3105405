using System.Globalization;
using System.Text.Json;
using Appliance.Lab.Daemons;
using Appliance.Lab.Topology;

namespace Appliance.Lab.Running;

/// <summary>What an edge says of a session.</summary>
/// <param name="State">FRR's word, "Established".</param>
/// <param name="Received">Routes that passed the filters.</param>
/// <param name="Sent">Routes that were announced.</param>
public sealed record SessionState(LabSession Session, string State, int Received, int Sent)
{
    public const string Established = "Established";

    public bool IsUp => State == Established;

    public override string ToString() =>
        IsUp
            ? string.Create(CultureInfo.InvariantCulture, $"{State}, {Received} in, {Sent} out")
            : State;

    /// <summary>Asks an edge about all of its sessions.</summary>
    /// <exception cref="LabException">The edge does not answer.</exception>
    public static async Task<IReadOnlyList<SessionState>> OfEdgeAsync(
        LabPlan plan,
        string edge,
        IEdgeRouter router,
        CancellationToken token
    )
    {
        var families = await router.ShowAsync(
            ["show bgp ipv4 unicast summary json", "show bgp ipv6 unicast summary json"],
            token
        );
        return
        [
            .. plan
                .Sessions.Where(session => session.Edge == edge)
                .Select(session => Of(session, families[session.IsIpv6 ? 1 : 0])),
        ];
    }

    private static SessionState Of(LabSession session, JsonElement family) =>
        family.TryGetProperty("peers", out var peers)
        && peers.TryGetProperty(session.UpstreamAddress.ToString(), out var peer)
            ? new(
                session,
                peer.GetProperty("state").GetString()!,
                Number(peer, "pfxRcd"),
                Number(peer, "pfxSnt")
            )
            : new(session, "unknown", 0, 0);

    private static int Number(JsonElement peer, string name) =>
        peer.TryGetProperty(name, out var value) ? value.GetInt32() : 0;
}
