using Appliance.Imaging.Tests.Support;
using Appliance.Imaging.Tree;
using Appliance.Imaging.Ufs2;

namespace Appliance.Imaging.Tests.Ufs2;

/// <summary>The oracles of the other tests, shown images that are wrong.</summary>
public sealed class DamageTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly FileTree _tree = Samples.Random(31, 120);
    private readonly string _image;

    public DamageTests() =>
        _image = _scratch.Write(Ufs2FileSystem.Plan(_tree, Samples.Ufs2 with { Size = 48 << 20 }));

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void The_image_is_sound_before_it_is_damaged()
    {
        Assert.Empty(Ufs2Checker.Check(_image));
        Assert.Empty(TreeComparison.Differences(_tree, SleuthKit.List(_image, "ufs2")));
    }

    [Theory]
    [InlineData(1372, "magic")]
    [InlineData(1304, "check hash")]
    [InlineData(48, "fs_bsize")]
    [InlineData(20, "fs_dblkno")]
    [InlineData(992, "fs_sblockloc")]
    [InlineData(1316, "contigsumsize")]
    public void A_changed_superblock_is_noticed(int offset, string rule)
    {
        Flip(65536 + offset);
        Assert.Contains(
            Ufs2Checker.Check(_image),
            complaint => complaint.Contains(rule, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_changed_copy_of_the_superblock_is_noticed()
    {
        Flip(Group(1, superblock: true) + 700);
        Assert.Contains(Ufs2Checker.Check(_image), Says("copy in group 1"));
    }

    [Theory]
    [InlineData(24, "sum 0")]
    [InlineData(28, "sum 1")]
    [InlineData(36, "sum 3")]
    [InlineData(120, "every inode is initialised")]
    [InlineData(132, "check hash")]
    [InlineData(168, "map and mode")]
    public void A_changed_cylinder_group_is_noticed(int offset, string rule)
    {
        Flip(Group(1, superblock: false) + offset);
        Assert.Contains(Ufs2Checker.Check(_image), Says(rule));
    }

    [Theory]
    [InlineData(2, "links")]
    [InlineData(24, "block count")]
    [InlineData(100, "check hash")]
    [InlineData(112, "is taken")]
    public void A_changed_inode_is_noticed(int offset, string rule)
    {
        using (var read = new Ufs2Image(_image))
        {
            // Files of several fragments: moving the first block by one makes it overlap.
            long number = SleuthKit
                .List(_image, "ufs2")
                .Values.First(entry => entry.Size > 100_000)
                .Inode;
            offset += (int)read.InodeOffset(number);
        }
        Flip(offset);
        Assert.Contains(Ufs2Checker.Check(_image), Says(rule));
    }

    [Fact]
    public void A_changed_byte_of_content_is_noticed_by_its_digest()
    {
        string path = _tree
            .Walk()
            .First(item => item.Node is FileNode file && file.Content.Length > 1000)
            .Path;
        long inode = SleuthKit.List(_image, "ufs2")[path].Inode;
        using (var read = new Ufs2Image(_image))
        {
            long block = Ufs2Image.Int64(read.Read(read.InodeOffset(inode), 256), 112);
            Flip((block * read.FragmentSize) + 17);
        }

        List<string> differences = TreeComparison.Differences(
            _tree,
            SleuthKit.List(_image, "ufs2")
        );
        Assert.Contains($"{path}: content differs", differences);
    }

    [Fact]
    public void A_tree_that_differs_in_one_owner_one_name_or_one_target_is_noticed()
    {
        Dictionary<string, SleuthKit.Entry> found = SleuthKit.List(_image, "ufs2");
        string file = _tree.Walk().First(item => item.Node is FileNode).Path;
        NodeMetadata metadata = _tree.Find(file)!.Metadata;
        _tree.SetMetadata(file, metadata with { Uid = metadata.Uid + 1 });
        _tree.AddFile("one-more", FileContent.Empty, Samples.File, "test");
        TreeItem link = _tree.Walk().First(item => item.Node is SymbolicLinkNode);
        _tree.AddSymbolicLink(link.Path, "elsewhere", link.Node.Metadata, "test");

        List<string> differences = TreeComparison.Differences(_tree, found);
        Assert.Contains(differences, Says($"{file}: owner"));
        Assert.Contains("one-more: missing", differences);
        Assert.Contains(differences, Says($"{link.Path}: target"));
    }

    private long Group(int group, bool superblock)
    {
        using var read = new Ufs2Image(_image);
        int start = superblock ? read.SuperblockStart : read.GroupBlockStart;
        return (((long)group * read.GroupSize) + start) * read.FragmentSize;
    }

    private void Flip(long offset)
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(
            _image,
            FileMode.Open,
            FileAccess.ReadWrite
        );
        byte[] value = new byte[1];
        RandomAccess.Read(handle, value, offset);
        value[0] ^= 1;
        RandomAccess.Write(handle, value, offset);
    }

    private static Predicate<string> Says(string text) =>
        complaint => complaint.Contains(text, StringComparison.Ordinal);
}
