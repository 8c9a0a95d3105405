using Appliance.Sources.Packages;

namespace Appliance.Sources.Tests.Packages;

public sealed class BaseVersionTests
{
    [Theory]
    [InlineData("15.1", "15.1-RELEASE", "15.1")]
    [InlineData("15.1p3", "15.1-RELEASE-p3", "15.1_3")]
    [InlineData("15.1p12_1", "15.1-RELEASE-p12", "15.1_12")]
    [InlineData("15.snap20260101", "15.1-RELEASE, patch level unknown", "15.1")]
    public void The_runtime_package_has_the_patch_level(
        string version,
        string shown,
        string audited
    )
    {
        var system = BaseVersion.OfPackages(
            "15.1-RELEASE",
            [("FreeBSD-runtime", version), ("FreeBSD-kernel-generic", "15.1p2")]
        )!;

        Assert.Equal(shown, system.ToString());
        Assert.Equal(audited, system.AuditedUserland);
        Assert.Equal("15.1_2", system.AuditedKernel);
    }

    [Fact]
    public void Sets_are_patch_level_0_and_unknown_where_FreeBSD_did_not_publish_them()
    {
        Assert.Equal(0, BaseVersion.OfSets("15.1-RELEASE", isOfficial: true).Userland);
        Assert.Null(BaseVersion.OfSets("15.1-RELEASE", isOfficial: false).Userland);
        Assert.Null(BaseVersion.OfPackages("15.1-RELEASE", [("frr10", "10.4")]));
    }
}
