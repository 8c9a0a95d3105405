using Appliance.Imaging.Disk;
using Appliance.Imaging.Tests.Support;
using Appliance.Imaging.Tree;
using Appliance.Imaging.Ufs2;

namespace Appliance.Imaging.Tests.Ufs2;

public sealed class DeterminismTests
{
    [Fact]
    public void The_order_in_which_a_tree_is_filled_does_not_show_in_the_image()
    {
        using var scratch = new Scratch();
        FileTree tree = Samples.Random(21, 300);
        FileTree backwards = Samples.Tree();
        foreach (TreeItem item in tree.Walk().Skip(1).Reverse())
        {
            _ = item.Node switch
            {
                FileNode when Known(backwards, tree, item) is string other => Link(
                    backwards,
                    item,
                    other
                ),
                FileNode file => backwards.AddFile(item.Path, file.Content, file.Metadata, "other"),
                SymbolicLinkNode link => backwards.AddSymbolicLink(
                    item.Path,
                    link.Target,
                    link.Metadata,
                    "other"
                ),
                _ => (object)backwards.AddDirectory(item.Path, item.Node.Metadata, "other"),
            };
        }

        string first = Image(scratch, tree, "a", Samples.Ufs2);
        Assert.Equal(first, Image(scratch, backwards, "b", Samples.Ufs2));
        Assert.Equal(first, Image(scratch, tree, "c", Samples.Ufs2));
    }

    [Fact]
    public void Id_time_and_generations_are_those_that_were_injected()
    {
        using var scratch = new Scratch();
        FileTree tree = Samples.Random(22, 50);
        string first = Image(scratch, tree, "a", Samples.Ufs2);

        Assert.NotEqual(first, Image(scratch, tree, "b", Samples.Ufs2 with { Id = 99 }));
        Assert.NotEqual(first, Image(scratch, tree, "c", Samples.Ufs2 with { Time = 99 }));
        string own = Image(
            scratch,
            tree,
            "d",
            Samples.Ufs2 with
            {
                Generation = inode => inode + 1000,
            }
        );
        Assert.NotEqual(first, own);
        Assert.Empty(Ufs2Checker.Check(scratch["d"]));
        using var read = new Ufs2Image(scratch["d"]);
        Assert.Equal(1002, Ufs2Image.Int32(read.Read(read.InodeOffset(2), 256), 80));
        Assert.Equal(0x89ABCDEF, (uint)Ufs2Image.Int32(read.Superblock, 148));
    }

    private static string Image(Scratch scratch, FileTree tree, string name, Ufs2Options options)
    {
        scratch.Write(Ufs2FileSystem.Plan(tree, options with { Size = 64 << 20 }), name);
        return scratch.Digest(name);
    }

    /// <summary>Another name of the same node that is in the new tree already.</summary>
    private static string? Known(FileTree into, FileTree from, TreeItem item) =>
        item.Node.NameCount == 1
            ? null
            : from.Walk()
                .Where(other => ReferenceEquals(other.Node, item.Node) && other.Path != item.Path)
                .Select(other => other.Path)
                .FirstOrDefault(path => into.Find(path) is not null);

    private static string Link(FileTree into, TreeItem item, string other)
    {
        into.AddHardLink(item.Path, other, "other");
        return other;
    }
}
