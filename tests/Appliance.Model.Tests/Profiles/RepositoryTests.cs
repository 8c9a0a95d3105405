using Appliance.Model.Profiles;
using Appliance.Model.Reports;

namespace Appliance.Model.Tests.Profiles;

public sealed class RepositoryTests
{
    [Fact]
    public void Without_repositories_they_are_those_of_the_releases_own_pkg_configuration()
    {
        var profile = Read(
            Samples.Profile.Split("repositories:")[0]
                + "modules:"
                + Samples.Profile.Split("modules:")[1]
        );
        Assert.Equal("FreeBSD-ports", Assert.Single(profile.Repositories).Name);

        profile = Read(
            Samples
                .Profile.Split("repositories:")[0]
                .Replace("[frr10]", "[frr10, drm-kmod]", StringComparison.Ordinal)
                + "modules:"
                + Samples.Profile.Split("modules:")[1]
        );
        Assert.Equal(
            [
                ("FreeBSD-ports", "pkg+https://pkg.FreeBSD.org/${ABI}/quarterly"),
                (
                    "FreeBSD-ports-kmods",
                    "pkg+https://pkg.FreeBSD.org/${ABI}/kmods_quarterly_${VERSION_MINOR}"
                ),
            ],
            profile.Repositories.Select(repository => (repository.Name, repository.Url!.Value))
        );
        Assert.All(
            profile.Repositories,
            repository => Assert.Equal("/usr/share/keys/pkg", repository.Keys!.Value)
        );
    }

    [Fact]
    public void A_base_of_packages_has_a_repository_and_keys_of_its_own()
    {
        var profile = Read(
            (
                Samples.Profile.Split("repositories:")[0]
                + "modules:"
                + Samples.Profile.Split("modules:")[1]
            ).Replace(
                "sets: [base, kernel]",
                "base_packages: [FreeBSD-runtime]",
                StringComparison.Ordinal
            )
        );

        var repository = profile.Repositories[^1];
        Assert.Equal("FreeBSD-base", repository.Name);
        Assert.Equal(
            "pkg+https://pkg.FreeBSD.org/${ABI}/base_release_${VERSION_MINOR}",
            repository.Url!.Value
        );
        Assert.Equal("/usr/share/keys/pkgbase-${VERSION_MAJOR}", repository.Keys!.Value);
        Assert.Equal(
            ["FreeBSD-runtime", "frr10"],
            profile.AllPackages.Select(package => package.Value)
        );
        Assert.Empty(profile.Sets);
    }

    [Theory]
    [InlineData("fingerprints: keys/mine", RepositoryTrust.Fingerprints, "keys/mine")]
    [InlineData(
        "pubkey: /usr/share/keys/mine.pub",
        RepositoryTrust.PublicKey,
        "/usr/share/keys/mine.pub"
    )]
    [InlineData("unsigned: true", RepositoryTrust.None, null)]
    [InlineData("unsigned: false", RepositoryTrust.Fingerprints, "/usr/share/keys/pkg")]
    public void Trust_is_what_the_file_says(string text, RepositoryTrust trust, string? keys)
    {
        var loaded = ProfileFile.Read(
            Samples.Profile.Replace("fingerprints: keys/mine", text, StringComparison.Ordinal),
            "p.yaml"
        );

        var repository = loaded.Value!.Repositories[1];
        Assert.Equal((trust, keys), (repository.Trust, repository.Keys?.Value));
        Assert.Equal("packages", repository.Folder!.Value);
        Assert.Equal(10, repository.Priority);
    }

    [Theory]
    [InlineData("frr10-10.2.1_1,1")]
    [InlineData("net/frr10")]
    [InlineData("devel/py-yaml@py311")]
    [InlineData("FreeBSD-set-minimal")]
    public void A_package_has_every_form_that_a_repository_understands(string package)
    {
        var profile = Read(
            Samples.Profile.Replace("[frr10]", $"[\"{package}\"]", StringComparison.Ordinal)
        );

        Assert.Equal(package, Assert.Single(profile.Packages).Value);
    }

    private static Profile Read(string text)
    {
        var loaded = ProfileFile.Read(text, "p.yaml");
        Assert.Equal("", loaded.Report.ToText());
        return loaded.Value!;
    }
}
