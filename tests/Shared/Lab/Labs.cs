using Appliance.Lab.Daemons;
using Appliance.Lab.Running;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;

namespace Appliance.Tests.Support;

/// <summary>Labs of this computer's FRR.</summary>
internal static class Labs
{
    /// <summary>A network that comes with the program, with limits that a test can exceed.</summary>
    public static Task<RunningLab> StartAsync(string name, string network) =>
        StartAsync(name, LoweredLimits.Of(Networks.Shipped(network)));

    /// <summary>The example network, once its sessions are up; skips the test where a lab cannot run.</summary>
    public static async Task<RunningLab> StartExampleAsync(string name)
    {
        Need.WholeLab();
        var lab = await StartAsync(name, "example");
        await lab.WaitForSessionsAsync(TimeSpan.FromSeconds(30), Need.Token);
        return lab;
    }

    /// <param name="change">Changes to the request.</param>
    public static async Task<RunningLab> StartAsync(
        string name,
        IReadOnlyList<SiteDocument> documents,
        Func<LabRequest, LabRequest>? change = null
    )
    {
        var request = new LabRequest
        {
            Plan = LabPlanner.Plan(name, documents),
            Tools = Need.Host,
            FrrVersion = await FrrRouter.VersionAsync(Need.Processes, Need.Token),
        };
        return await RunningLab.StartAsync(
            change is null ? request : change(request),
            null,
            Need.Token
        );
    }
}
