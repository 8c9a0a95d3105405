using System.Net;
using System.Text.RegularExpressions;

namespace Appliance.Boot.Tests;

/// <summary>
/// The example edge with FRR from packages: its daemons, its configuration, pkg's view of it all, and what it tells and
/// believes its neighbors.
/// </summary>
public sealed class FrrTests(PackagedEdge edge) : IClassFixture<PackagedEdge>
{
    /// <summary>What the guest said between its programs' answers, for a failed test.</summary>
    private const int Shown = 12_000;

    [Fact]
    public async Task It_runs_as_specified_and_pkg_finds_every_file_right()
    {
        var (verdict, console, _) = await edge.BootAsync();

        // The verdict has every daemon of FRR among its checks.
        Assert.True(
            verdict.Ok,
            $"{string.Join('\n', verdict.Checks.Where(check => !check.Passed).Select(check => $"{check.Name}: {check.Actual}"))}\n{End(console)}"
        );
        Assert.InRange(verdict.Passed, 80, 1000);
        Assert.Matches(@"ANSWER vtysh -c show version: FRRouting [0-9.]+ \(router01", console);
        Assert.Contains(
            "ANSWER vtysh -c show running-config: router bgp 64500",
            console,
            StringComparison.Ordinal
        );
        Assert.Contains("ENDED vtysh -C: 0", console, StringComparison.Ordinal);
        Assert.Matches("ANSWER pkg info -a: frr10-[0-9]", console);
        Assert.Contains("ENDED pkg check -q -s -a: 0", console, StringComparison.Ordinal);
        Assert.Matches("ANSWER pkg which -q /usr/local/sbin/bgpd: frr10-[0-9]", console);
        Assert.DoesNotMatch("% (Unknown|Ambiguous|Invalid|Configuration failed)", console);
    }

    [Fact]
    public async Task Over_the_gre_tunnel_it_learns_routes_into_the_kernel_and_announces_its_prefix()
    {
        var (console, neighbor) = await WithNeighborsAsync();

        // The routing daemon's table, the kernel's, and packets over both ways.
        Assert.Matches(@"ANSWER vtysh -c show ipv6 route bgp: B>\* 2d00:2000::/32 .*gre0", console);
        Assert.Matches(@"ANSWER vtysh -c show ipv6 route bgp: B>\* 2d00:1000::/32 .*gre0", console);
        Assert.Matches(@"ANSWER netstat -rnW -f inet6: 2d00:2000::/32 +\S+ +\S+ .*gre0", console);
        Assert.Matches(@"ANSWER ping -6 .*: 3 packets transmitted, 3 packets received", console);

        // The far end has our prefix, ours alone, and the community that asks it for something.
        Assert.Matches(@"(?s)\nifog .*?BGP state: +Established", neighbor.Protocols);
        Assert.Matches(
            @"(?s)2001:db8:1c::/48 .*?\[ifog .*?BGP\.as_path: 64500\b.*?\(64497,9501\)",
            neighbor.Routes
        );
        Assert.Single(Regex.Matches(neighbor.Routes, @"BGP\.as_path: 64500\b"));
    }

    [Fact]
    public async Task What_may_not_come_over_the_tunnel_is_in_no_table()
    {
        var (console, _) = await WithNeighborsAsync();

        Assert.Contains("2d00:2000::/32", console, StringComparison.Ordinal);
        Assert.DoesNotContain("3fff:1::/32", console, StringComparison.Ordinal);
        Assert.DoesNotContain("2001:db8:1c:8000::/49", console, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_neighbor_with_another_AS_number_never_gets_a_session()
    {
        var (console, neighbor) = await WithNeighborsAsync();

        Assert.DoesNotMatch(
            @"(?s)\nlagrange (?:(?!\n\S).)*BGP state: +Established",
            neighbor.Protocols
        );
        Assert.Contains("Bad peer AS", neighbor.Protocols, StringComparison.Ordinal);
        // State instead of a number of prefixes.
        Assert.Matches(
            @"ANSWER vtysh -c show bgp ipv6 unicast summary: 2001:db8:100::1 +4 +64496 .*(?:Active|Idle|Connect|OpenSent)",
            console
        );
    }

    /// <summary>Behind a switch with MLD snooping, IPv6 ends minutes after boot where no report follows a query.</summary>
    [Fact]
    public async Task Queries_of_multicast_listeners_get_reports_of_the_joined_groups()
    {
        var (_, neighbor) = await WithNeighborsAsync();

        Assert.Equal(0, neighbor.Outside.UnaskedReports);
        // The solicited-node group of 2001:db8:100::96.
        Assert.Contains(IPAddress.Parse("ff02::1:ff00:96"), neighbor.Outside.Groups);
        Assert.Empty(neighbor.Outside.StrangeGroups);
    }

    [Fact]
    public async Task Time_is_served_to_no_client()
    {
        var (console, neighbor) = await WithNeighborsAsync();

        Assert.Matches("ANSWER ntpq .*: version=\"ntpd", console);
        Assert.Equal(0, neighbor.Outside.TimeReplies);
    }

    private async Task<(string Console, PackagedEdge.NeighborView Neighbor)> WithNeighborsAsync()
    {
        var reason = BgpNeighbors.WhyNot();
        Assert.SkipUnless(reason is null, reason ?? "");
        var (_, console, neighbor) = await edge.BootAsync();
        TestContext.Current.TestOutputHelper!.WriteLine(End(console));
        TestContext.Current.TestOutputHelper!.WriteLine(neighbor!.Protocols + neighbor.Routes);
        return (console, neighbor);
    }

    private static string End(string console) =>
        console.Length <= Shown ? console : console[^Shown..];
}
