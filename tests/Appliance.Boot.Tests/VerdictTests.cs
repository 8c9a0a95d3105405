using Appliance.Rendering.Verdicts;
using Appliance.Verify.Qemu;
using Appliance.Verify.Reports;
using Appliance.Verify.Runs;

namespace Appliance.Boot.Tests;

/// <summary>The example sites on a running FreeBSD: twice on each firmware, from power-on to a clean power-off.</summary>
public abstract class VerdictTests
{
    protected static async Task BootsIntoTheSpecifiedMachine(string site, FirmwareKind firmware)
    {
        using var image = await TestImage.BuildAsync(site);
        var result = await VerifyAsync(image, firmware, boots: 2);
        Assert.True(result.Passed, Text(result));
        WriteTimings(result);
        var boots = Assert.Single(result.Runs).Boots;
        Assert.Equal(
            [Personalisation.Done, Personalisation.Kept],
            boots.Select(boot => boot.Verdict!.Personalisation)
        );
        // An empty list of checks would pass, too.
        Assert.All(boots, boot => Assert.InRange(boot.Verdict!.Passed, 50, 1000));
        Assert.All(boots, boot => Assert.Equal(site, boot.Verdict!.Site));
    }

    protected static async Task<VerifyResult> VerifyAsync(
        TestImage image,
        FirmwareKind firmware,
        int boots
    )
    {
        try
        {
            return await Appliance
                .Verify.Runs.Verifier.OfThisComputer()
                .RunAsync(
                    new VerifyRequest
                    {
                        ImagePath = image.Path,
                        Firmwares = [firmware],
                        Memory = 1024,
                        Boots = boots,
                        LogFolder = image.LogFolder,
                    },
                    null,
                    TestContext.Current.CancellationToken
                );
        }
        catch (Appliance.Verify.VerifyException exception)
            when (exception.Fault == Appliance.Verify.VerifyFault.MissingFirmware)
        {
            Assert.Skip(exception.Message);
            throw;
        }
    }

    /// <summary>For whoever reads the test's output; nothing is asserted about time.</summary>
    private static void WriteTimings(VerifyResult result)
    {
        var output = TestContext.Current.TestOutputHelper!;
        foreach (var row in ReportTables.Timings(result))
        {
            output.WriteLine(
                $"{row.Run} boot {row.Boot} {row.Phase}: {row.Start.TotalSeconds:F1} s"
            );
        }

        output.WriteLine($"{new FileInfo(TestImage.FirstBoot).Length} bytes of executable");
        foreach (var boot in result.Runs.SelectMany(run => run.Boots))
        {
            output.WriteLine(
                $"boot {boot.Number}: {boot.Verdict!.Passed} checks, {boot.Verdict.Milliseconds} ms, "
                    + $"{boot.Verdict.ProgramsMilliseconds} of them in the system's programs, "
                    + $"{boot.Verdict.PeakKibibytes} KiB at most"
            );
        }
    }

    protected static string Text(VerifyResult result) =>
        string.Join(
            '\n',
            ReportTables
                .Checks(result)
                .Where(row => !row.Passed)
                .Select(row => $"{row.Run} {row.Check}: {row.Detail}")
                .Concat(result.Runs.SelectMany(run => run.LastConsoleLines))
        );
}

public sealed class EdgeOnBiosTests : VerdictTests
{
    [Fact]
    public Task The_example_edge_boots_into_what_was_specified() =>
        BootsIntoTheSpecifiedMachine("router01", FirmwareKind.Bios);
}

public sealed class EdgeOnUefiTests : VerdictTests
{
    [Fact]
    public Task The_example_edge_boots_into_what_was_specified() =>
        BootsIntoTheSpecifiedMachine("router01", FirmwareKind.Uefi);
}

public sealed class DownstreamOnBiosTests : VerdictTests
{
    [Fact]
    public Task The_example_downstream_boots_into_what_was_specified() =>
        BootsIntoTheSpecifiedMachine("vps01", FirmwareKind.Bios);
}

public sealed class DownstreamOnUefiTests : VerdictTests
{
    [Fact]
    public Task The_example_downstream_boots_into_what_was_specified() =>
        BootsIntoTheSpecifiedMachine("vps01", FirmwareKind.Uefi);
}
