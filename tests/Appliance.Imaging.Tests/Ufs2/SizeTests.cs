using Appliance.Imaging.Tests.Support;
using Appliance.Imaging.Tree;
using Appliance.Imaging.Ufs2;

namespace Appliance.Imaging.Tests.Ufs2;

public sealed class SizeTests
{
    [Theory]
    [InlineData(32768, 4096)]
    [InlineData(4096, 512)]
    public void A_size_that_is_too_small_is_refused_with_what_is_missing_and_that_much_more_is_enough(
        int block,
        int fragment
    )
    {
        FileTree tree = Samples.Random(3, 300);
        Ufs2Options options = Samples.Ufs2 with { BlockSize = block, FragmentSize = fragment };
        Ufs2FileSystem smallest = Ufs2FileSystem.Plan(tree, options);
        Ufs2Options tooSmall = options with { Size = smallest.Length / 2 };

        NoRoomException e = Assert.Throws<NoRoomException>(() =>
            Ufs2FileSystem.Plan(tree, tooSmall)
        );

        Assert.Contains($"{e.MissingBytes} bytes are missing", e.Message, StringComparison.Ordinal);
        Ufs2FileSystem enough = Ufs2FileSystem.Plan(
            tree,
            options with
            {
                Size = tooSmall.Size + e.MissingBytes,
            }
        );
        Assert.Equal(tooSmall.Size + e.MissingBytes, enough.Length);
        Assert.Throws<NoRoomException>(() =>
            Ufs2FileSystem.Plan(
                tree,
                options with
                {
                    Size = tooSmall.Size + e.MissingBytes - block,
                }
            )
        );
    }

    [Fact]
    public void Free_space_is_at_least_what_was_asked_for_in_bytes_percent_and_inodes()
    {
        using var scratch = new Scratch();
        FileTree tree = Samples.Random(4, 200);
        Ufs2FileSystem plan = Ufs2FileSystem.Plan(
            tree,
            Samples.Ufs2 with
            {
                FreeBytes = 20 << 20,
                FreeInodes = 5000,
            }
        );
        string image = scratch.Write(plan);

        Assert.Empty(Ufs2Checker.Check(image));
        using var read = new Ufs2Image(image);
        long blocks = Ufs2Image.Int64(read.Superblock, 1016);
        long inodes = Ufs2Image.Int64(read.Superblock, 1024);
        long fragments = Ufs2Image.Int64(read.Superblock, 1032);
        Assert.InRange(plan.FreeBytes, 20 << 20, 21 << 20);
        Assert.Equal(plan.FreeBytes, (blocks * 32768) + (fragments * 4096));
        Assert.InRange(plan.FreeInodes, 5000, 5000 + (plan.GroupCount * 128));
        Assert.Equal(plan.FreeInodes, inodes);

        Ufs2FileSystem percent = Ufs2FileSystem.Plan(tree, Samples.Ufs2 with { FreePercent = 75 });
        Assert.InRange((double)percent.FreeBytes / percent.Length, 0.70, 0.80);
    }

    [Fact]
    public void The_smallest_file_system_of_an_empty_tree_is_sound()
    {
        using var scratch = new Scratch();
        Ufs2FileSystem plan = Ufs2FileSystem.Plan(Samples.Tree(), Samples.Ufs2);
        string image = scratch.Write(plan);

        Assert.Empty(Ufs2Checker.Check(image));
        Assert.InRange(plan.Length, 256 << 10, 1 << 20);
        Assert.Contains(
            "Volume Name: root",
            ForeignTool.Run("fsstat", "-f", "ufs2", image),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(1000, 512, "power of 2")]
    [InlineData(32768, 2048, "fragment")]
    [InlineData(2048, 512, "block")]
    [InlineData(131072, 16384, "block")]
    public void Sizes_that_the_format_does_not_know_are_refused(
        int block,
        int fragment,
        string expected
    )
    {
        ImagingException e = Assert.Throws<ImagingException>(() =>
            Ufs2FileSystem.Plan(
                Samples.Tree(),
                Samples.Ufs2 with
                {
                    BlockSize = block,
                    FragmentSize = fragment,
                }
            )
        );
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_devfs_could_not_show_is_refused() =>
        Assert.Throws<ImagingException>(() =>
            Ufs2FileSystem.Plan(Samples.Tree(), Samples.Ufs2 with { Label = "no/slash" })
        );

    [Fact]
    public void A_file_longer_than_the_blocks_can_address_is_refused()
    {
        FileTree tree = Samples.Tree();
        tree.AddFile("var/db/huge", FileContent.Sparse(1L << 50, []), Samples.File, "test");
        ImagingException e = Assert.Throws<ImagingException>(() =>
            Ufs2FileSystem.Plan(tree, Samples.Ufs2 with { BlockSize = 4096, FragmentSize = 512 })
        );
        Assert.Contains("'var/db/huge'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_links_than_an_inode_counts_are_refused()
    {
        FileTree names = Samples.Tree();
        names.AddFile("first", FileContent.Empty, Samples.File, "test");
        FileTree folders = Samples.Tree();
        for (int i = 0; i < 65_499; i++)
        {
            names.AddHardLink($"d/{i}", "first", "test");
            folders.AddDirectory($"{i}", Samples.Directory, "test");
        }
        folders.Remove("0");
        Ufs2FileSystem.Plan(names, Samples.Ufs2);
        Ufs2FileSystem.Plan(folders, Samples.Ufs2);

        names.AddHardLink("one-too-many", "first", "test");
        folders.AddDirectory("one-too-many", Samples.Directory, "test");
        Assert.Throws<ImagingException>(() => Ufs2FileSystem.Plan(names, Samples.Ufs2));
        Assert.Throws<ImagingException>(() => Ufs2FileSystem.Plan(folders, Samples.Ufs2));
    }
}
