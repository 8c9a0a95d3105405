using System.Text;
using Appliance.Build.Tests.Packages;
using Appliance.Imaging.Disk;
using Appliance.Imaging.Tree;
using Appliance.Model.Reports;
using Appliance.Sources.Packages.Resolution;

namespace Appliance.Build.Tests;

/// <summary>Every account of written images, read by sleuthkit: no password field lets anybody in before first boot has run.</summary>
public sealed class ImageAccountsTests(BuildFixture fixture) : IClassFixture<BuildFixture>
{
    [Fact]
    public void An_image_of_sets_has_every_account_locked() =>
        Assert.Equal(
            [("root", "*"), ("toor", "*"), ("daemon", "*")],
            ForeignAccounts.Read(fixture.Image, RootOffset(fixture.Assembled))
        );

    [Fact]
    public async Task An_image_of_base_packages_has_every_account_locked()
    {
        using var assembled = await PackagedAsync();
        var image = fixture.Image + ".packaged";
        ImageFile.WriteRaw(
            assembled.Disk(),
            image,
            cancellationToken: TestContext.Current.CancellationToken
        );

        Assert.Equal(
            [("root", "*"), ("toor", "*"), ("daemon", "*")],
            ForeignAccounts.Read(image, RootOffset(assembled))
        );
    }

    [Theory]
    [InlineData("etc/spwd.db")]
    [InlineData("etc/pwd.db")]
    public void The_password_databases_are_those_of_the_locked_accounts(string path)
    {
        var database = ForeignAccounts.ReadFile(
            fixture.Image,
            RootOffset(fixture.Assembled),
            "/" + path
        );

        Assert.Contains("root\0*\0", database, StringComparison.Ordinal);
        // An entry with an empty password has nothing between the two ends of its strings; a home directory has a slash.
        Assert.DoesNotMatch("(?<!/)root\0\0", database);
    }

    [Fact]
    public async Task The_image_specification_has_the_files_with_locked_accounts()
    {
        using var assembled = await fixture.AssembleAsync("router01");
        var files = assembled.Plan().Composition!.Files.ToDictionary(file => file.Path);

        Assert.Equal("accounts", files["/etc/master.passwd"].Origin);
        Assert.Equal("base", files["/etc/master.passwd"].Overrides);
        Assert.Equal("0600", files["/etc/master.passwd"].Mode);
        Assert.Contains(
            $"./etc/master.passwd type=file uid=0 gid=0 mode=0600 flags=none nlink=1 size={files["/etc/master.passwd"].Size} sha256={files["/etc/master.passwd"].Sha256}",
            ForeignAccounts.ReadFile(
                fixture.Image,
                RootOffset(fixture.Assembled),
                Composition.MtreeSpecification.TargetPath
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_base_of_FreeBSDs_packages_is_patched_by_pkg_upgrade_and_one_of_sets_is_not()
    {
        const string Path = "/usr/local/etc/pkg/repos/FreeBSD-base.conf";
        using var packaged = await PackagedAsync();

        Assert.NotNull(packaged.Image.Tree.Find(Path));
        Assert.Null(fixture.Assembled.Image.Tree.Find(Path));
    }

    [Fact]
    public async Task An_account_without_a_password_is_found_by_the_foreign_reader()
    {
        using var assembled = await fixture.AssembleAsync("router01");
        assembled.Image.Tree.AddFile(
            "/etc/master.passwd",
            FileContent.FromBytes(Encoding.UTF8.GetBytes(MiniRelease.MasterPasswd)),
            NodeMetadata.DefaultFile(0),
            "test"
        );
        var image = fixture.Image + ".open";
        ImageFile.WriteRaw(
            assembled.Disk(),
            image,
            cancellationToken: TestContext.Current.CancellationToken
        );

        Assert.Equal(["root"], ForeignAccounts.Open(image, RootOffset(assembled)));
    }

    private async Task<AssembledSite> PackagedAsync()
    {
        var package = MiniBase.Write(fixture.Release, Path.GetDirectoryName(fixture.Image)!);
        var sets = await fixture.SetsAsync() with { Sets = [] };
        IReadOnlyList<ResolvedPackage> packages = [package];
        return SiteBuild
            .Prepare(
                ExampleSite.Request(
                    "router01",
                    fixture.FirstBoot,
                    profile =>
                        profile with
                        {
                            Sets = [],
                            BasePackages = [new Located<string>(MiniBase.Name, profile.At)],
                        }
                )
            )
            .Assemble(
                new BuildInputs(sets, packages),
                fixture.Release.Stores,
                null,
                TestContext.Current.CancellationToken
            );
    }

    private static long RootOffset(AssembledSite site) =>
        site.Disk().Partitions.Single(placed => placed.Partition.Label == "root").Offset;
}
