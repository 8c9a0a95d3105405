using Appliance.Conformance.Sessions;
using Appliance.Lab.Running;
using Appliance.Rendering.Policies;
using Appliance.Tests.Support;

namespace Appliance.Conformance.Tests.Sessions;

/// <summary>A link failure with a default route, with the rules for it and without each of them.</summary>
public sealed class LinkFailureTests
{
    private const string Edge = "edge1";

    /// <summary>Its session may be multihop (GTSM over IPv6), so neither bgpd nor zebra ends it by itself.</summary>
    private const string Distant = "edge1–friend";

    [Fact]
    public async Task Routes_over_a_failed_link_are_removed_with_both_rules_only()
    {
        Need.WholeLab();
        await using var lab = await Labs.StartAsync("t-lost-link", "every-role");
        Assert.Empty(await FailuresAsync(lab));
        Assert.Equal(
            [$"{Distant} lost-link", $"{Distant} lost-next-hop"],
            await FailuresAsync(lab, PolicyRules.NoDefaultNextHop)
        );
        Assert.Equal([$"{Distant} lost-link"], await FailuresAsync(lab, PolicyRules.LostNeighbor));
    }

    private static async Task<IReadOnlyList<string>> FailuresAsync(
        RunningLab lab,
        params IReadOnlyCollection<PolicyRule> without
    )
    {
        var router = lab.Routers[Edge];
        await router.StopAsync(Need.Token);
        await router.StartAsync(
            lab.ConfigurationWithout(Edge, [.. without.Select(rule => rule.Id)]),
            Need.Token
        );
        await lab.WaitForSessionsAsync(TimeSpan.FromSeconds(30), Need.Token);
        var results = await LinkFailureCase.RunAsync(new SessionBench(lab, Edge), Need.Token);
        Assert.Equal(
            ["buyer", "farm", "friend", "rs1"],
            results.Select(one => one.Session.Split('–')[1]).Distinct().Order()
        );
        return
        [
            .. results
                .Where(one => one.Outcome == CaseOutcome.Failed)
                .Select(one => $"{one.Session} {one.Id}"),
        ];
    }
}
