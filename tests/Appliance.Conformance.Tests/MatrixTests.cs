using Appliance.Tests.Support;

namespace Appliance.Conformance.Tests;

/// <summary>All cases against the FRR of this machine.</summary>
public class MatrixTests
{
    [Theory]
    [InlineData("example", MatrixParts.All)]
    [InlineData("two-edges", MatrixParts.Routes)]
    [InlineData("every-role", MatrixParts.Routes)]
    public async Task An_edge_accepts_and_advertises_what_it_should_and_nothing_else(
        string network,
        MatrixParts parts
    )
    {
        Need.WholeLab();
        await using var lab = await Labs.StartAsync("t-matrix", network);
        var results = await new MatrixRun(lab).RunAsync(parts, null, Need.Token);
        var failed = results.Where(result => result.Outcome == CaseOutcome.Failed).ToList();
        Assert.True(
            failed.Count == 0,
            string.Join(
                '\n',
                failed.Select(result => $"{result.Session} {result.Title}: {result.Evidence}")
            )
        );
        Assert.True(results.Count > 90, $"{results.Count} cases");
    }

    [Fact]
    public async Task Missing_rules_fail_their_cases_and_no_others()
    {
        await using var lab = await Labs.StartExampleAsync("t-broken");
        await lab.Routers["router01"]
            .ReloadAsync(
                lab.ConfigurationWithout(
                    "router01",
                    "prefix-length/v6",
                    "bogon-asn/23456",
                    "bogon-prefix/2001::/32"
                ),
                Need.Token
            );
        var results = await new MatrixRun(lab).RunAsync(MatrixParts.Routes, null, Need.Token);
        var failed = results
            .Where(result => result.Outcome == CaseOutcome.Failed)
            .Select(result => result.Id)
            .Distinct()
            .Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "bogon-2001::/32",
                "bogon-asn-23456",
                "default-route",
                "length-2000::/3",
                "length-2d00:1:2:3::/64",
                "length-2d00:1:2::/49",
                "length-2e00::/15",
                "length-4000::/16",
                "request-refused",
            ],
            failed
        );
    }

    [Fact]
    public async Task Packets_that_an_edge_sends_back_to_a_neighbor_fail()
    {
        await using var lab = await Labs.StartExampleAsync("t-pingpong");
        await lab.Ip.BatchAsync(
            lab.Plan.Node("router01").Namespace,
            "broken",
            ["route add 2001:db8:1c::/48 via 2001:db8:100::1 dev vtnet0 metric 1"],
            Need.Token
        );
        var results = await new MatrixRun(lab).RunAsync(MatrixParts.Packets, null, Need.Token);
        Assert.Equal(
            ["unassigned"],
            results
                .Where(result => result.Outcome == CaseOutcome.Failed)
                .Select(result => result.Id)
        );
    }

    [Fact]
    public void The_report_counts_failures_with_their_evidence()
    {
        CaseResult[] results =
        [
            new("a–b", "own", "our own prefix is refused", CaseOutcome.Failed, "kernel: route <x>"),
            new("a–b", "len", "a length is refused", CaseOutcome.Passed, "no path"),
            new("a–c", "set", "a set is refused", CaseOutcome.Skipped, "not here"),
        ];
        var root = MatrixReport.JUnit(results).Root!;
        Assert.Equal("3", root.Attribute("tests")!.Value);
        Assert.Equal("1", root.Attribute("failures")!.Value);
        Assert.Equal(
            "kernel: route <x>",
            root.Descendants("failure").Single().Attribute("message")!.Value
        );
        Assert.Single(root.Descendants("skipped"));
    }
}
