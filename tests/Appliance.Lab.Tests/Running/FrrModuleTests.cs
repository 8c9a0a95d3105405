using Appliance.Lab.Daemons;
using Appliance.Lab.Running;
using Appliance.Lab.Topology;
using Appliance.Rendering.Files.Routing;
using Appliance.Tests.Support;
using Appliance.Verify.Processes;

namespace Appliance.Lab.Tests.Running;

/// <summary>The modules of the bgpd that reads a site's configuration.</summary>
public sealed class FrrModuleTests
{
    /// <summary>FreeBSD's package has no such module, whatever this computer's FRR has.</summary>
    [Fact]
    public void A_virtual_machine_has_the_modules_of_its_package()
    {
        var request = new LabRequest
        {
            Plan = LabPlanner.Plan("t", Networks.WithStation("192.0.2.99"), ["router01"]),
            Tools = Need.Host,
            FrrVersion = "8.4.4",
            FrrModules = ["rpki", "bmp"],
        };
        Assert.Contains(
            "but this FRR has no BMP module",
            EdgeConfiguration.Render(request, "router01"),
            StringComparison.Ordinal
        );
        var without = request with
        {
            Plan = LabPlanner.Plan("t", Networks.WithStation("192.0.2.99")),
        };
        Assert.Contains(
            "  bmp connect 192.0.2.99 port 11019",
            EdgeConfiguration.Render(without, "router01"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Modules_are_those_that_bgpd_loads()
    {
        Need.Tool(Tools.Zebra, Tools.FrrBgpd);
        Assert.Equal(
            FrrModules.All.Where(HasFile),
            await FrrRouter.ModulesAsync(Need.Host, Need.Token)
        );
    }

    private static bool HasFile(string module) =>
        Directory
            .EnumerateFiles("/usr/lib", $"bgpd_{module}.so", SearchOption.AllDirectories)
            .Any();
}
