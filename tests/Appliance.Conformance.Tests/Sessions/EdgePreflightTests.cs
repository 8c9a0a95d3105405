using Appliance.Conformance.Sessions;
using Appliance.Lab.Topology;
using Appliance.Rendering;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Policies;
using Appliance.Tests.Support;

namespace Appliance.Conformance.Tests.Sessions;

/// <summary>The hold that a machine's preflight releases in a running FRR, removed from the file.</summary>
public class EdgePreflightTests
{
    [Theory]
    [InlineData("example", "router01", PreflightHold.Announcements, 2)]
    [InlineData("example", "router01", PreflightHold.Sessions, 1)]
    [InlineData("every-role", "edge1", PreflightHold.Announcements, 12)]
    public void A_released_file_equals_that_of_an_edge_without_a_hold(
        string network,
        string edge,
        PreflightHold hold,
        int holds
    )
    {
        var held = Render(network, edge, hold);
        Assert.Equal(
            holds,
            held.Split('\n').Count(line => line.Contains("preflight", StringComparison.Ordinal))
                - holds
        );
        Assert.Equal(
            Words(Render(network, edge, PreflightHold.Nothing)),
            Words(EdgePreflight.Released(held))
        );
    }

    [Fact]
    public void A_file_without_a_hold_is_unchanged()
    {
        var text = Render("two-edges", "ams1", PreflightHold.Nothing);
        Assert.Equal(text, EdgePreflight.Released(text));
    }

    [Theory]
    [InlineData(PreflightHold.Announcements, false)]
    [InlineData(PreflightHold.Sessions, false)]
    [InlineData(PreflightHold.Nothing, true)]
    public void An_edge_is_released_when_no_hold_is_left(PreflightHold hold, bool free)
    {
        var running = Render("example", "router01", hold);
        Assert.Equal(free, EdgePreflight.IsReleased(running));
        Assert.True(EdgePreflight.IsReleased(EdgePreflight.Released(running)));
    }

    [Fact]
    public void A_bgpd_without_a_configuration_is_not_released() =>
        Assert.False(
            EdgePreflight.IsReleased("Current configuration:\n!\nfrr version 10.7.0\nend\n")
        );

    private static string Render(string network, string edge, PreflightHold hold)
    {
        var plan = LabPlanner.Plan("t", Networks.Shipped(network), [edge]);
        var document = plan.Document(edge) with
        {
            Preflight = new() { Hold = hold, RetrySeconds = 3 },
        };
        return FrrPolicy.Render(document, new InterfaceNames(plan.DeviceNames[edge]));
    }

    private static IEnumerable<string> Words(string text) =>
        text.Split('\n').Where(line => !line.TrimStart().StartsWith('!'));
}
