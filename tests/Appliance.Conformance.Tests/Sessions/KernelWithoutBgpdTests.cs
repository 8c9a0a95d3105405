using System.Net;
using Appliance.Conformance.Sessions;
using Appliance.Lab.Daemons;

namespace Appliance.Conformance.Tests.Sessions;

/// <summary>The kernel without bgpd, as Linux and as FreeBSD show it.</summary>
public class KernelWithoutBgpdTests
{
    private static readonly IPNetwork Ours = IPNetwork.Parse("2001:db8:1c::/48");
    private static readonly IPNetwork Theirs = IPNetwork.Parse("2d00:9::/32");

    private static readonly KernelRoute Blackhole = new(
        Ours.ToString(),
        "lo0",
        null,
        "static",
        Drops: true
    );

    private readonly KernelWithoutBgpd kernel = new([Ours], [Theirs]);

    [Theory]
    [InlineData("bgp")]
    [InlineData(KernelRoute.FromZebra)]
    public void A_route_of_a_neighbor_is_stale_until_an_observation_without_it(string protocol)
    {
        var route = new KernelRoute(Theirs.ToString(), "gif0", "fe80::1%gif0", protocol);
        kernel.AddWithout([Blackhole, route], TimeSpan.FromSeconds(1));
        Assert.Equal([route], kernel.Stale);
        Assert.Null(kernel.Empty);
        Assert.StartsWith(
            "still in the kernel: 2d00:9::/32",
            kernel.Evidence([Theirs]),
            StringComparison.Ordinal
        );

        kernel.AddWithout([Blackhole], TimeSpan.FromSeconds(2));
        kernel.AddWithout([Blackhole], TimeSpan.FromSeconds(3));
        Assert.Empty(kernel.Stale);
        Assert.Equal(TimeSpan.FromSeconds(2), kernel.Empty);
        Assert.True(kernel.Drops);
    }

    [Fact]
    public void A_route_that_returns_while_bgpd_is_down_is_stale()
    {
        kernel.AddWithout([Blackhole], TimeSpan.FromSeconds(1));
        kernel.AddWithout(
            [Blackhole, new(Theirs.ToString(), "gif0", null, "bgp")],
            TimeSpan.FromSeconds(2)
        );
        Assert.Null(kernel.Empty);
    }

    [Theory]
    [InlineData("kernel")]
    [InlineData("static")]
    public void A_route_of_another_protocol_is_not_stale(string protocol)
    {
        kernel.AddWithout(
            [Blackhole, new(Theirs.ToString(), "gif0", null, protocol)],
            TimeSpan.Zero
        );
        Assert.Empty(kernel.Stale);
    }

    [Fact]
    public void One_observation_without_the_blackhole_fails()
    {
        kernel.AddWithout([Blackhole], TimeSpan.Zero);
        kernel.Add([Blackhole with { Drops = false }]);
        kernel.Add([Blackhole]);
        Assert.False(kernel.Drops);
        Assert.EndsWith($"no blackhole of {Ours}", kernel.Evidence([]), StringComparison.Ordinal);
    }

    [Fact]
    public void No_drop_is_reported_without_an_observation() => Assert.False(kernel.Drops);
}
