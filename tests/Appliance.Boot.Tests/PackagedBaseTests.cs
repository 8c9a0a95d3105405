using Appliance.Rendering.Verdicts;
using Appliance.Verify.Qemu;

namespace Appliance.Boot.Tests;

/// <summary>The example edge on a base system that is made of the profile's FreeBSD-* packages.</summary>
public sealed class PackagedBaseTests : VerdictTests
{
    [Fact]
    public async Task A_base_system_made_of_packages_boots_into_what_was_specified()
    {
        Assert.SkipUnless(
            RealPackages.HasBase,
            $"no base packages: there is no repository in {RealPackages.BaseFolder}"
        );
        using var image = await TestImage.BuildAsync("router01");

        var result = await VerifyAsync(image, FirmwareKind.Bios, boots: 1);

        Assert.True(result.Passed, Text(result));
        var verdict = Assert.Single(Assert.Single(result.Runs).Boots).Verdict!;
        Assert.Equal(BaseSource.Packages, verdict.Base!.Source);
        Assert.StartsWith(verdict.Base.Release, verdict.Userland!, StringComparison.Ordinal);
        Assert.InRange(Assert.Single(Assert.Single(result.Runs).Boots).Verdict!.Passed, 50, 1000);
        // FreeBSD-caroot's certificates are made by its own script, and by the machine itself.
        Assert.DoesNotContain(
            "post-install.sh ended with",
            await File.ReadAllTextAsync(
                Assert.Single(Directory.GetFiles(image.LogFolder, "*.console.log")),
                TestContext.Current.CancellationToken
            ),
            StringComparison.Ordinal
        );
    }
}
