using System.Text.Json;
using Appliance.Lab.Linux;
using Appliance.Lab.Running;
using Appliance.Lab.Speakers;
using Appliance.Lab.Topology;
using Appliance.Tests.Support;

namespace Appliance.Lab.Tests.Running;

/// <summary>Bringing labs up, looking at them, and taking them down.</summary>
public sealed class LabLifeTests
{
    private static readonly TimeSpan SessionLimit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_example_network_comes_up_and_goes_away_without_a_trace()
    {
        Need.WholeLab();
        await using (var lab = await StartAsync("t-life", "example"))
        {
            var sessions = await lab.WaitForSessionsAsync(SessionLimit, Need.Token);
            Assert.All(sessions, session => Assert.True(session.IsUp, session.ToString()));
            Assert.Equal(2, sessions.Count);

            var status = await LabStatus.ReadAsync("t-life", Need.Host, Need.Token);
            Assert.True(status.IsHealthy, status.Draw());
            Assert.Contains(": Established, ", status.Draw(), StringComparison.Ordinal);
            Assert.Contains("t-life", LabCleaner.Labs());
        }

        Assert.DoesNotContain("t-life", LabCleaner.Labs());
        Assert.False(Directory.Exists(LabNames.Folder("t-life")));
    }

    [Fact]
    public async Task Every_kind_of_neighbor_gets_its_routes_into_the_edges_kernel()
    {
        Need.WholeLab();
        var kinds = Enum.GetValues<SpeakerKind>()
            .Where(kind => Speaker.ToolsOf(kind).All(Need.Host.Has))
            .ToList();
        foreach (var some in kinds.Chunk(2))
        {
            var speakers = new Dictionary<string, SpeakerKind>
            {
                ["lagrange"] = some[0],
                ["ifog"] = some[^1],
            };
            await using var lab = await StartAsync("t-kinds", "example", speakers);
            var sessions = await lab.WaitForSessionsAsync(SessionLimit, Need.Token);
            Assert.All(
                sessions,
                session =>
                    Assert.True(session.IsUp, $"{speakers[session.Session.Upstream]}: {session}")
            );
            await Wait.UntilAsync(() =>
                KernelHas(lab, "2d00:2000::/32") && KernelHas(lab, "2d00:2001::/32")
            );
            Assert.True(KernelHas(lab, "2d00:2000::/32"), $"no network of {some[0]}");
            Assert.True(KernelHas(lab, "2d00:2001::/32"), $"no network of {some[^1]}");
        }
    }

    [Fact]
    public async Task A_second_lab_of_the_same_name_is_refused_while_the_first_is_kept()
    {
        Need.WholeLab();
        await using var lab = await StartAsync("t-second", "example");
        // The keeper is this very process, which is what a lab kept by another one looks like.
        var exception = await Assert.ThrowsAsync<LabException>(() =>
            StartAsync("t-second", "example")
        );
        Assert.Equal(LabFault.WrongState, exception.Fault);
        Assert.Contains("appliance lab down", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_dead_keeper_left_is_removed_from_nothing_but_names()
    {
        Need.WholeLab();
        var lab = await StartAsync("t-dead", "example");
        // Without its state nobody knows what was made.
        Directory.Delete(lab.Folder, recursive: true);

        var remains = await new LabCleaner(Need.Host).RemoveAsync("t-dead", Need.Token);

        Assert.Equal(6, remains.Namespaces.Count);
        Assert.True(remains.Processes >= 6, $"{remains.Processes} processes");
        Assert.DoesNotContain("t-dead", LabCleaner.Labs());
        Assert.All(
            lab.Plan.Nodes,
            node => Assert.DoesNotContain(node.Namespace, IpTool.Namespaces())
        );
        await lab.DisposeAsync();
    }

    [Fact]
    public async Task A_lab_that_is_not_there_is_told()
    {
        var exception = await Assert.ThrowsAsync<LabException>(() =>
            LabStatus.ReadAsync("t-nowhere", Need.Host, Need.Token)
        );
        Assert.Contains("appliance lab up", exception.Message, StringComparison.Ordinal);
    }

    private static Task<RunningLab> StartAsync(
        string name,
        string network,
        Dictionary<string, SpeakerKind>? speakers = null
    ) =>
        Labs.StartAsync(
            name,
            Networks.Shipped(network),
            request => request with { Speakers = speakers ?? [] }
        );

    private static bool KernelHas(RunningLab lab, string prefix)
    {
        var text = lab
            .Ip.JsonAsync(
                lab.Plan.Node("router01").Namespace,
                ["-6", "route", "show", prefix],
                Need.Token
            )
            .GetAwaiter()
            .GetResult();
        using var json = JsonDocument.Parse(text.Length == 0 ? "[]" : text);
        return json.RootElement.EnumerateArray().Any();
    }
}
