using Appliance.Model.Profiles;
using Appliance.Model.Reports;
using Appliance.Verify.Qemu;

namespace Appliance.Boot.Tests;

/// <summary>The example edge on a base system that is made of chosen FreeBSD-* packages instead of sets.</summary>
public sealed class PackagedBaseTests : VerdictTests
{
    private static readonly string[] Chosen =
    [
        "FreeBSD-set-minimal",
        "FreeBSD-kernel-generic",
        "FreeBSD-ssh",
        "FreeBSD-pf",
        "FreeBSD-openssl",
        "FreeBSD-ntp",
    ];

    [Fact]
    public async Task A_base_system_made_of_packages_boots_into_what_was_specified()
    {
        using var image = await TestImage.BuildAsync("router01", changeProfile: OfPackages);

        var result = await VerifyAsync(image, FirmwareKind.Bios, boots: 1);

        Assert.True(result.Passed, Text(result));
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

    private static Profile OfPackages(Profile profile) =>
        profile with
        {
            Sets = [],
            BasePackages = [.. Chosen.Select(name => new Located<string>(name, profile.At))],
            Packages = [],
        };
}
