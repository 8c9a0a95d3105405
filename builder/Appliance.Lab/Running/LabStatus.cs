using Appliance.Lab.Daemons;
using Appliance.Lab.Guests;
using Appliance.Lab.Linux;
using Appliance.Lab.Speakers;
using Appliance.Lab.Topology;
using Appliance.Verify.Processes;

namespace Appliance.Lab.Running;

/// <summary>A lab as another process sees it.</summary>
public sealed record LabStatus
{
    public required LabState State { get; init; }

    public required LabPlan Plan { get; init; }

    /// <summary>Sessions of the edges.</summary>
    public required IReadOnlyList<SessionState> Sessions { get; init; }

    /// <summary>Namespaces of the plan that are not there.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Its keeper lives, nothing is missing, and every session that is known is up.</summary>
    public bool IsHealthy =>
        State is { IsKept: true, Ready: true }
        && Missing.Count == 0
        && Sessions.All(session => session.IsUp || session.Session.IsShutDown);

    /// <summary>Looks at a lab.</summary>
    /// <exception cref="LabException">There is none of this name.</exception>
    public static async Task<LabStatus> ReadAsync(
        string lab,
        HostTools tools,
        CancellationToken token
    )
    {
        var state =
            LabState.Read(lab)
            ?? throw new LabException(
                LabFault.WrongState,
                $"there is no lab '{lab}'; bring one up with `appliance lab up`"
            );
        var plan = state.Plan;
        var namespaces = IpTool.Namespaces();
        return new()
        {
            State = state,
            Plan = plan,
            Missing =
            [
                .. plan
                    .Nodes.Select(node => node.Namespace)
                    .Where(name => !namespaces.Contains(name)),
            ],
            Sessions = await SessionsAsync(plan, tools, token),
        };
    }

    /// <summary>The drawing of the topology with what is known of the sessions.</summary>
    public string Draw() =>
        LabPicture.Draw(
            Plan,
            upstream => State.Speakers.GetValueOrDefault(upstream, SpeakerKind.Bird).ToString(),
            session => Sessions.FirstOrDefault(item => item.Session == session)?.ToString()
        );

    private static async Task<IReadOnlyList<SessionState>> SessionsAsync(
        LabPlan plan,
        HostTools tools,
        CancellationToken token
    )
    {
        var sessions = new List<SessionState>();
        foreach (var edge in plan.Sessions.Select(session => session.Edge).Distinct())
        {
            var router = RouterOf(plan, edge, tools);
            try
            {
                sessions.AddRange(await SessionState.OfEdgeAsync(plan, edge, router, token));
            }
            catch (Exception exception) when (exception is ProcessFailedException or LabException)
            {
                sessions.AddRange(
                    plan.Sessions.Where(session => session.Edge == edge)
                        .Select(session => new SessionState(session, "FRR does not answer", 0, 0))
                );
            }
        }

        return sessions;
    }

    private static IEdgeRouter RouterOf(LabPlan plan, string edge, HostTools tools) =>
        plan.Node(edge).IsVirtualMachine
            ? Guest.RouterOf(plan, edge, tools)
            : new FrrRouter(
                new NetworkNamespace(plan.Node(edge).Namespace),
                Path.Combine(LabNames.Folder(plan.Name), edge),
                tools
            );
}
