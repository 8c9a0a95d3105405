using Appliance.Verify.Qemu;

namespace Appliance.Boot.Tests;

/// <summary>A machine that is made wrong on purpose must not get a good verdict.</summary>
public sealed class WrongMachineTests : VerdictTests
{
    [Fact]
    public async Task A_tunnel_in_the_wrong_forwarding_table_fails_the_verdict()
    {
        // The default of FIB 1 leads through a tunnel whose addresses are in FIB 0: the kernel refuses it.
        using var image = await TestImage.BuildAsync(
            "vps01",
            document =>
                document with
                {
                    Tunnels = [.. document.Tunnels.Select(tunnel => tunnel with { Fib = 0 })],
                }
        );
        var result = await VerifyAsync(image, FirmwareKind.Bios, boots: 1);
        Assert.False(result.Passed);
        var verdict = Assert.Single(Assert.Single(result.Runs).Boots).Verdict;
        Assert.NotNull(verdict);
        Assert.False(verdict.Ok);
        Assert.Contains(
            verdict.Checks,
            check => !check.Passed && check.Name.StartsWith("route.", StringComparison.Ordinal)
        );
    }
}
