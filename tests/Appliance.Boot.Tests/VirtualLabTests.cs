using Appliance.Conformance;

namespace Appliance.Boot.Tests;

/// <summary>The edge of the example network as a virtual machine among real BGP speakers.</summary>
public sealed class VirtualLabTests(VirtualLab lab) : IClassFixture<VirtualLab>
{
    [Fact]
    public async Task Nothing_is_announced_while_the_far_end_of_a_tunnel_is_silent()
    {
        var seen = await lab.BootAsync();

        // It learns from its neighbors meanwhile: what is missing is not a session.
        Assert.All(
            seen.Sessions,
            session => Assert.True(session is { IsUp: true, Received: > 0 }, session.ToString())
        );
        Assert.Contains("tunnel.gif0.far-end", seen.Held, StringComparison.Ordinal);
        Assert.All(seen.ToldWhileHeld, told => Assert.Equal("", told));
        Assert.True(seen.ToldWhileHeld.Count > 5);
    }

    [Fact]
    public async Task The_hold_lifts_by_itself_once_the_far_end_answers()
    {
        var told = (await lab.BootAsync()).ToldAfterwards;

        Assert.Contains("lagrange: 2001:db8:1c::/48", told, StringComparison.Ordinal);
        Assert.Contains("ifog: 2001:db8:1c::/48", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exports-held")]
    [InlineData("exports-start")]
    public async Task An_FRR_that_starts_again_holds_back_again_and_is_let_go_again(string id)
    {
        var cases = (await lab.BootAsync()).Cases.Where(result => result.Id == id).ToList();

        Assert.Equal(2, cases.Count);
        Assert.All(cases, result => Assert.Equal(CaseOutcome.Passed, result.Outcome));
    }

    [Fact]
    public async Task Every_case_about_sessions_was_judged_on_FreeBSD()
    {
        var judged = (await lab.BootAsync())
            .Cases.Where(result => result.Outcome == CaseOutcome.Passed)
            .Select(result => result.Id);

        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "exports-beside",
                "exports-hung",
                "exports-killed",
                "exports-reload",
                "flap",
                "found-link",
                "garbage-port",
                "garbage-session",
                "hold-timer",
                "hung-back",
                "hung-ends",
                "killed-back",
                "killed-ends",
                "lost-link",
                "lost-next-hop",
                "no-policy",
                "overflow",
                "rpki-absent",
                "rpki-changes",
                "stops-reading",
                "watcher-back",
                "wrong-password",
            },
            judged.ToHashSet(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_rule_that_is_missing_is_noticed_by_its_case_and_no_other()
    {
        var judged = (await lab.BootAsync())
            .WithoutRule.Where(result => result.Outcome != CaseOutcome.Skipped)
            .ToList();

        Assert.Equal(
            ["no-policy"],
            judged.Where(result => result.Outcome == CaseOutcome.Failed).Select(result => result.Id)
        );
        Assert.Equal(4, judged.Count);
    }

    [Fact]
    public async Task FreeBSD_takes_and_tells_what_it_should_and_nothing_else()
    {
        var cases = (await lab.BootAsync()).Cases;

        TestContext.Current.TestOutputHelper!.WriteLine(Text(cases, CaseOutcome.Skipped));
        var failed = Text(cases, CaseOutcome.Failed);
        Assert.True(failed.Length == 0, failed);
        Assert.InRange(cases.Count(result => result.Outcome == CaseOutcome.Passed), 100, 1000);
    }

    [Fact]
    public async Task Packets_with_the_sources_of_others_are_dropped_and_are_not_without_the_filter()
    {
        var seen = await lab.BootAsync();

        var filtered = Assert.Single(seen.Cases, result => result.Id == "spoofed");
        Assert.True(filtered.Outcome == CaseOutcome.Passed, filtered.Evidence);
        Assert.True(seen.Unfiltered.Outcome == CaseOutcome.Failed, seen.Unfiltered.Evidence);
    }

    private static string Text(IEnumerable<CaseResult> results, CaseOutcome outcome) =>
        string.Join(
            '\n',
            results
                .Where(result => result.Outcome == outcome)
                .Select(result => $"{result.Session} {result.Title}: {result.Evidence}")
        );
}
