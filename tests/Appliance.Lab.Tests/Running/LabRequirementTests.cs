using Appliance.Lab.Running;
using Appliance.Lab.Topology;
using Appliance.Rendering.Files.Routing;
using Appliance.Tests.Support;
using Appliance.Verify.Processes;

namespace Appliance.Lab.Tests.Running;

/// <summary>What a lab lacks is named before any of it is made; none of it needs root.</summary>
public sealed class LabRequirementTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-tools-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Every_missing_program_is_named_at_once_with_its_packages()
    {
        var exception = await Assert.ThrowsAsync<LabException>(() =>
            LabRequirements.RequireAsync(Request(new HostTools("")), Token)
        );
        Assert.Equal(LabFault.Unsupported, exception.Fault);
        Assert.Contains("zebra", exception.Message, StringComparison.Ordinal);
        Assert.Contains("bird", exception.Message, StringComparison.Ordinal);
        Assert.Contains("stayrtr", exception.Message, StringComparison.Ordinal);
        Assert.Contains(
            "sudo apt install iproute2 frr bird2",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_missing_RPKI_module_is_named_with_its_package_where_an_edge_has_caches()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "programs have no mode bits");
        var request = Request(AllTools());
        var exception = await Assert.ThrowsAsync<LabException>(() =>
            LabRequirements.RequireAsync(request, Token)
        );
        Assert.Contains("FRR's RPKI module", exception.Message, StringComparison.Ordinal);
        Assert.Contains("frr-rpki-rtrlib", exception.Message, StringComparison.Ordinal);

        await LabRequirements.RequireAsync(request with { FrrModules = [FrrModules.Rpki] }, Token);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static LabRequest Request(HostTools tools) =>
        new()
        {
            Plan = LabPlanner.Plan("t", Networks.Shipped("example")),
            Tools = tools,
            FrrVersion = "10.1",
            FrrModules = [],
        };

    /// <summary>Files that can be executed, with the names of all programs.</summary>
    private HostTools AllTools()
    {
        foreach (
            var name in new[]
            {
                "ip",
                "zebra",
                "bgpd",
                "vtysh",
                "bird",
                "birdc",
                "chown",
                "stayrtr",
            }
        )
        {
            var path = Path.Combine(folder.FullName, name);
            File.WriteAllText(path, "#!/bin/sh\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(
                    path,
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                );
            }
        }

        return new HostTools(folder.FullName);
    }
}
