using System.Security.Cryptography;
using Appliance.Imaging;
using Appliance.Imaging.Disk;
using Appliance.Imaging.Ufs2;
using Appliance.Model.Profiles;
using Appliance.Model.Values;
using Appliance.Rendering.Documents;

namespace Appliance.Build.Tests;

/// <summary>The written disk, looked at with other people's programs.</summary>
public class ImageTests(BuildFixture fixture) : IClassFixture<BuildFixture>
{
    [Fact]
    public void Sgdisk_finds_no_problem_in_the_partition_table()
    {
        var (exitCode, output) = ForeignTool.Try("sgdisk", "-v", fixture.Image);
        Assert.True(exitCode == 0 && output.Contains("No problems found"), output);
    }

    [Fact]
    public async Task Free_space_has_inodes_for_the_files_that_will_come()
    {
        var root = RootOf(fixture.Assembled);
        // 512 MiB at newfs(8)'s 8 KiB for each.
        Assert.InRange(root.FreeInodes, 65_536, 80_000);

        using var inPercent = await fixture.AssembleAsync(
            "router01",
            profile =>
                profile with
                {
                    Partitions =
                    [
                        .. profile.Partitions.Select(partition =>
                            partition.Size.Value is PartitionSize.Fit
                                ? partition with
                                {
                                    Size = partition.Size with
                                    {
                                        Value = new PartitionSize.Fit(new FreeSpace.Percent(50)),
                                    },
                                }
                                : partition
                        ),
                    ],
                }
        );
        var half = RootOf(inPercent);
        Assert.InRange(half.FreeInodes, half.FreeBytes / 8192 / 2, half.FreeBytes / 4096);
    }

    private static Ufs2FileSystem RootOf(AssembledSite site) =>
        site.Disk()
            .Partitions.Select(placed => placed.Partition.Content)
            .OfType<Ufs2FileSystem>()
            .Single();

    [Fact]
    public void Sgdisk_finds_the_problem_of_a_damaged_table()
    {
        var damaged = fixture.Image + ".damaged";
        File.Copy(fixture.Image, damaged, overwrite: true);
        using (var file = File.OpenWrite(damaged))
        {
            file.Position = 2 * 512 + 56;
            file.WriteByte((byte)'X');
        }

        Assert.DoesNotContain("No problems found", ForeignTool.Try("sgdisk", "-v", damaged).All);
    }

    [Fact]
    public void Grub_reads_every_file_of_the_root_as_it_was_in_the_sets()
    {
        foreach (var (path, bytes) in fixture.Release.Files)
        {
            if (
                path is "etc/rc.conf" or "etc/master.passwd"
                || path.StartsWith("usr/bin/clang", StringComparison.Ordinal)
            )
            {
                continue;
            }

            var copy = Path.GetTempFileName();
            try
            {
                File.WriteAllBytes(copy, bytes);
                var (exitCode, output) = ForeignTool.Try(
                    "grub-fstest",
                    fixture.Image,
                    "cmp",
                    $"(loop0,gpt3)/{path}",
                    copy
                );
                Assert.True(exitCode == 0, $"{path}: {output}");
            }
            finally
            {
                File.Delete(copy);
            }
        }
    }

    [Fact]
    public void The_root_has_the_overlay_the_document_and_nothing_that_is_left_out()
    {
        var tree = fixture.Assembled.Plan().Composition!.Files.ToDictionary(file => file.Path);
        Assert.Equal("overlay", tree["/etc/rc.conf"].Origin);
        Assert.Equal("base", tree["/etc/rc.conf"].Overrides);
        Assert.Equal("site", tree[SiteDocument.TargetPath].Origin);
        Assert.Equal("0600", tree[SiteDocument.TargetPath].Mode);
        Assert.Equal("4555", tree["/usr/bin/su"].Mode);
        Assert.Equal("1777", tree["/tmp"].Mode);
        Assert.DoesNotContain("/usr/bin/clang", tree.Keys);
        Assert.DoesNotContain("/usr/bin/cc", tree.Keys);
        Assert.Contains("/boot/loader.conf", tree.Keys);
    }

    [Fact]
    public void The_esp_has_the_loader_where_firmware_looks()
    {
        var (exitCode, output) = ForeignTool.Try(
            "mdir",
            "-b",
            "-i",
            $"{fixture.Image}@@{EspOffset()}",
            "::/EFI/BOOT"
        );
        Assert.True(exitCode == 0 && output.Contains("BOOTX64.EFI"), output);
    }

    [Fact]
    public async Task The_same_inputs_make_the_same_bytes()
    {
        var again = fixture.Image + ".again";
        using var assembled = await fixture.AssembleAsync("router01");
        ImageFile.WriteRaw(
            assembled.Disk(),
            again,
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal(Digest(fixture.Image), Digest(again));
    }

    [Fact]
    public async Task Another_site_makes_another_image()
    {
        var other = fixture.Image + ".other";
        using var assembled = await fixture.AssembleAsync("vps01");
        ImageFile.WriteRaw(
            assembled.Disk(),
            other,
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.NotEqual(Digest(fixture.Image), Digest(other));
    }

    [Fact]
    public async Task A_root_that_is_too_small_is_refused_with_the_missing_bytes()
    {
        using var assembled = await fixture.AssembleAsync(
            "router01",
            profile =>
                profile with
                {
                    Partitions =
                    [
                        .. profile.Partitions.Select(partition =>
                            partition.Content == Appliance.Model.Profiles.PartitionContent.Root
                                ? partition with
                                {
                                    Size = new(
                                        new PartitionSize.Fixed(new ByteSize(2 << 20)),
                                        partition.Size.At
                                    ),
                                }
                                : partition
                        ),
                    ],
                }
        );
        var error = Assert.Throws<NoRoomException>(() => assembled.Disk());
        Assert.Matches("[0-9]+ bytes", error.Message);
    }

    private long EspOffset() =>
        fixture
            .Assembled.Disk()
            .Partitions.Single(placed => placed.Partition.Label == "esp")
            .Offset;

    private static string Digest(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexString(SHA256.HashData(file));
    }
}
