using Appliance.Lab.Daemons;
using Appliance.Lab.Guests;

namespace Appliance.Lab.Tests.Guests;

/// <summary>What watchfrr of FRR 10.7.0 says on FreeBSD.</summary>
public class GuestRouterTests
{
    [Theory]
    [InlineData("  bgpd                 Up\n", true)]
    [InlineData("  bgpd                 Down\n", false)]
    [InlineData("  bgpd                 Up\n      restart running, pid 2228\n", false)]
    [InlineData(
        "  bgpd                 Down\n      restarting in 44 seconds (120s backoff interval)\n",
        false
    )]
    [InlineData("", false)]
    public void A_daemon_is_back_when_it_is_up_and_its_restart_is_over(string bgpd, bool back)
    {
        var watch = $"""
            watchfrr global phase: Idle
             Restart Command: "/usr/local/libexec/appliance/frr-restart %s"
             Reading Configuration: no
              zebra                Up
              staticd              Up
            {bgpd}
            """;
        Assert.Equal(back, GuestRouter.IsBack(FrrDaemon.Bgp, watch));
    }
}
