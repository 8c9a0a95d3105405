using Appliance.Conformance.Sessions;
using Appliance.Lab.Running;
using Appliance.Rendering.Policies;
using Appliance.Tests.Support;

namespace Appliance.Conformance.Tests.Sessions;

/// <summary>A link that goes down beside a default route, with the rules that are there for it and without each of them.</summary>
public sealed class LinkFailureTests
{
    private const string Edge = "edge1";

    /// <summary>Its session may be further away (GTSM over IPv6), so neither bgpd nor zebra has to give it up by itself.</summary>
    private const string Distant = "edge1–friend";

    [Fact]
    public async Task What_came_over_a_link_goes_with_it_as_long_as_both_rules_are_there()
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
