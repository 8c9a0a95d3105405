using Appliance.Model.Profiles;
using Appliance.Model.Releases;

namespace Appliance.Model.Tests.Releases;

public sealed class ReleaseDataTests
{
    [Fact]
    public void The_newest_supported_release_is_what_a_profile_without_one_builds()
    {
        var loaded = ProfileFile.Read(
            Samples.Profile.Replace("release: 15.0-RELEASE\n", "", StringComparison.Ordinal),
            "p.yaml"
        );

        Assert.Equal("", loaded.Report.ToText());
        Assert.Equal("15.1-RELEASE", loaded.Value!.Release.Value);
        Assert.False(loaded.Value.NamesRelease);
        Assert.True(ProfileFile.Read(Samples.Profile, "p.yaml").Value!.NamesRelease);
    }

    [Fact]
    public void Every_release_has_published_digests_of_base_and_kernel_for_both_architectures() =>
        Assert.All(
            ReleaseData.Current.Releases,
            release =>
                Assert.All(
                    new[] { "amd64", "aarch64" },
                    architecture =>
                    {
                        Assert.Contains("base", release.Sets[architecture].Keys);
                        Assert.Contains("kernel", release.Sets[architecture].Keys);
                        Assert.All(
                            release.Sets[architecture].Values,
                            set => Assert.Matches("^[0-9a-f]{64}$", set.Sha256)
                        );
                    }
                )
        );

    [Theory]
    [InlineData(
        "15.1-RELEASE",
        "amd64",
        "3768988b151c20f965679062b065c63a977d6bbb9f47fd83695ec2c40790c18f"
    )]
    [InlineData(
        "15.0-RELEASE",
        "aarch64",
        "d63d5c5bd01a1e2d8b990102abd5077a26e8232bb1d02234deaed420e71f1343"
    )]
    public void Digests_are_those_of_the_ports_tree(
        string release,
        string architecture,
        string sha256
    ) => Assert.Equal(sha256, ReleaseData.Current.Find(release)!.Sets[architecture]["base"].Sha256);

    [Fact]
    public void The_releases_are_in_order_of_age() =>
        Assert.Equal(
            ReleaseData.Current.Releases.OrderBy(release => release.EndOfLife),
            ReleaseData.Current.Releases
        );
}
