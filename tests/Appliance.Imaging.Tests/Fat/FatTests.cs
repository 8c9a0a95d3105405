using Appliance.Imaging.Fat;
using Appliance.Imaging.Tests.Support;
using Appliance.Imaging.Tree;

namespace Appliance.Imaging.Tests.Fat;

public sealed class FatTests
{
    private static FatOptions Options(long mebibytes) =>
        new()
        {
            Size = mebibytes << 20,
            VolumeId = 0xCAFE1234,
            Label = "EFISYS",
        };

    [Theory]
    [InlineData(4, null, FatKind.Fat16)]
    [InlineData(16, null, FatKind.Fat16)]
    [InlineData(33, FatKind.Fat16, FatKind.Fat16)]
    [InlineData(34, FatKind.Fat32, FatKind.Fat32)]
    [InlineData(64, null, FatKind.Fat32)]
    [InlineData(512, null, FatKind.Fat32)]
    [InlineData(1024, FatKind.Fat16, FatKind.Fat16)]
    public void Fsck_mtools_and_sleuthkit_accept_a_system_partition(
        int mebibytes,
        FatKind? asked,
        FatKind expected
    )
    {
        using var scratch = new Scratch();
        FileTree tree = SystemPartition();
        FatFileSystem plan = FatFileSystem.Plan(tree, Options(mebibytes) with { Kind = asked });
        string image = scratch.Write(plan, "esp.img");

        Assert.Equal(expected, plan.Kind);
        ForeignTool.Run("fsck.fat", "-n", "-v", image);
        string width = expected == FatKind.Fat32 ? "fat32" : "fat16";
        Assert.Equal(width, ForeignTool.Run("fsstat", "-t", "-f", width, image).Trim());
        Assert.Contains(
            "EFISYS",
            ForeignTool.Run("mdir", "-i", image, "::/"),
            StringComparison.Ordinal
        );
        foreach (TreeItem item in tree.Walk().Where(item => item.Node is FileNode))
        {
            ForeignTool.Run("mcopy", "-o", "-n", "-i", image, $"::/{item.Path}", scratch["copy"]);
            Assert.Equal(
                Samples.Read(((FileNode)item.Node).Content),
                File.ReadAllBytes(scratch["copy"])
            );
        }
    }

    [Fact]
    public void Long_names_get_aliases_that_do_not_collide()
    {
        using var scratch = new Scratch();
        FileTree tree = Samples.Tree();
        for (int i = 0; i < 120; i++)
        {
            tree.AddFile(
                $"dir/configuration number {i}.conf",
                Samples.Bytes(i, i),
                Samples.File,
                "test"
            );
        }
        tree.AddFile($"dir/{new string('x', 255)}", Samples.Bytes(3, 1), Samples.File, "test");
        tree.AddFile("dir/wärme.tar.gz", Samples.Bytes(4, 2), Samples.File, "test");
        tree.AddFile("dir/.hidden", Samples.Bytes(5, 3), Samples.File, "test");
        tree.AddFile("dir/UPPER.TXT", Samples.Bytes(6, 4), Samples.File, "test");
        string image = scratch.Write(FatFileSystem.Plan(tree, Options(40)), "esp.img");

        ForeignTool.Run("fsck.fat", "-n", image);
        string listing = ForeignTool.Run("mdir", "-a", "-b", "-i", image, "::/dir");
        Assert.Equal(124, listing.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains(new string('x', 255), listing, StringComparison.Ordinal);
        Dictionary<string, SleuthKit.Entry> found = SleuthKit.List(image, "fat32");
        // Sleuthkit cuts names of FAT at about 245 characters.
        foreach (TreeItem item in tree.Walk().Where(item => item.Node is FileNode))
        {
            if (item.Path.Length > 240)
            {
                continue;
            }
            Assert.Equal(((FileNode)item.Node).Content.Length, found[item.Path].Size);
        }
    }

    [Theory]
    [InlineData(20, FatKind.Fat32, null)]
    [InlineData(64, FatKind.Fat32, 4096)]
    [InlineData(64, FatKind.Fat16, 512)]
    [InlineData(1, null, null)]
    public void A_size_that_makes_no_valid_file_system_of_its_kind_is_refused(
        int mebibytes,
        FatKind? kind,
        int? clusterSize
    )
    {
        FatOptions options = Options(mebibytes) with { Kind = kind, ClusterSize = clusterSize };
        ImagingException e = Assert.Throws<ImagingException>(() =>
            FatFileSystem.Plan(Samples.Tree(), options)
        );
        Assert.Contains("65524", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Content_that_does_not_fit_is_refused_with_what_is_missing()
    {
        FileTree tree = Samples.Tree();
        tree.AddFile("large", FileContent.Sparse(40 << 20, []), Samples.File, "test");
        NoRoomException e = Assert.Throws<NoRoomException>(() =>
            FatFileSystem.Plan(tree, Options(34))
        );
        Assert.InRange(e.MissingBytes, 6 << 20, 8 << 20);
    }

    [Fact]
    public void What_FAT_cannot_hold_is_refused_by_name()
    {
        AssertRefused("link", tree => tree.AddSymbolicLink("link", "x", Samples.File, "test"));
        AssertRefused("a:b", tree => tree.AddFile("a:b", FileContent.Empty, Samples.File, "test"));
        AssertRefused(
            "dot.",
            tree => tree.AddFile("dot.", FileContent.Empty, Samples.File, "test")
        );
        AssertRefused(
            "README",
            tree =>
            {
                tree.AddFile("README", FileContent.Empty, Samples.File, "test");
                tree.AddFile("readme", FileContent.Empty, Samples.File, "test");
            }
        );
    }

    [Fact]
    public void Fsck_notices_a_damaged_table()
    {
        using var scratch = new Scratch();
        string image = scratch.Write(FatFileSystem.Plan(SystemPartition(), Options(40)), "esp.img");
        byte[] bytes = File.ReadAllBytes(image);
        bytes[(32 * 512) + (5 * 4)] ^= 0xFF;
        File.WriteAllBytes(image, bytes);

        Assert.NotEqual(0, ForeignTool.Try("fsck.fat", "-n", image).ExitCode);
    }

    [Fact]
    public void Two_writes_are_identical()
    {
        using var scratch = new Scratch();
        FatFileSystem plan = FatFileSystem.Plan(SystemPartition(), Options(40));
        Assert.Equal(
            File.ReadAllBytes(scratch.Write(plan, "a")),
            File.ReadAllBytes(scratch.Write(plan, "b"))
        );
    }

    private static FileTree SystemPartition()
    {
        FileTree tree = Samples.Tree();
        tree.AddFile("EFI/BOOT/BOOTX64.EFI", Samples.Bytes(660_000, 1), Samples.File, "test");
        tree.AddFile("EFI/freebsd/loader.efi", Samples.Bytes(4096, 2), Samples.File, "test");
        tree.AddFile("startup.nsh", Samples.Bytes(12, 3), Samples.File, "test");
        tree.AddFile("empty", FileContent.Empty, Samples.File, "test");
        return tree;
    }

    private static void AssertRefused(string name, Action<FileTree> fill)
    {
        FileTree tree = Samples.Tree();
        fill(tree);
        ImagingException e = Assert.Throws<ImagingException>(() =>
            FatFileSystem.Plan(tree, Options(40))
        );
        Assert.Contains(name, e.Message, StringComparison.Ordinal);
    }
}
