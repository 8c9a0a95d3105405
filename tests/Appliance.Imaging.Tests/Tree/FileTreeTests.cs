using Appliance.Imaging.Tests.Support;
using Appliance.Imaging.Tree;

namespace Appliance.Imaging.Tests.Tree;

public sealed class FileTreeTests
{
    private readonly FileTree _tree = Samples.Tree();

    [Fact]
    public void A_later_layer_wins_and_the_tree_remembers_whom_it_overrode()
    {
        Add("etc/rc.conf", "base");
        Add("etc/rc.conf", "site");

        TreeNode node = _tree.Find("etc/rc.conf")!;
        Assert.Equal("site", node.Origin);
        Assert.Equal("base", node.Overrides);
        Assert.Null(_tree.Find("etc")!.Overrides);
    }

    [Fact]
    public void Parents_that_no_layer_names_get_the_stated_metadata_until_one_does()
    {
        Add("usr/local/etc/frr/frr.conf", "site");
        var implied = (DirectoryNode)_tree.Find("usr/local")!;
        Assert.True(implied.IsImplied);
        Assert.Equal(0x1ED, implied.Metadata.Mode);

        _tree.AddDirectory("usr/local/", new NodeMetadata(5, 6, 0x1C0, 7), "base");
        Assert.False(implied.IsImplied);
        Assert.Equal(new NodeMetadata(5, 6, 0x1C0, 7), _tree.Find("usr/local")!.Metadata);
        Assert.NotNull(_tree.Find("/usr/local/etc/frr/frr.conf"));
        Assert.Null(implied.Overrides);
    }

    [Fact]
    public void Paths_may_be_written_as_archives_write_them()
    {
        Add("./a/b", "x");
        Add("/a/c", "x");
        _tree.AddDirectory("./", Samples.Directory with { Mode = 0x1C0 }, "x");
        _tree.AddDirectory("a/", Samples.Directory with { Mode = 0x1F8 }, "x");
        Assert.Equal(["", "a", "a/b", "a/c"], _tree.Walk().Select(item => item.Path));
        Assert.Equal(0x1C0, _tree.Root.Metadata.Mode);
    }

    [Theory]
    [InlineData("../etc/passwd")]
    [InlineData("a/../b")]
    [InlineData("a/./b")]
    [InlineData("a//b")]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("a/..")]
    [InlineData("nul\0byte")]
    public void Paths_that_are_no_plain_names_are_refused(string path) =>
        Assert.Throws<ImagingException>(() => Add(path, "x"));

    [Fact]
    public void A_name_that_is_no_Unicode_text_is_refused() =>
        Assert.Throws<ImagingException>(() => Add("half" + '\uD800', "x"));

    [Fact]
    public void A_name_of_255_bytes_is_accepted_and_one_of_256_refused_with_its_length()
    {
        Add(new string('a', 255), "x");
        Add(string.Concat(Enumerable.Repeat("\u65e5", 85)), "x");
        ImagingException e = Assert.Throws<ImagingException>(() =>
            Add("b/" + new string('a', 256), "x")
        );
        Assert.Contains("256 bytes", e.Message, StringComparison.Ordinal);
        Assert.Throws<ImagingException>(() =>
            Add(string.Concat(Enumerable.Repeat("\u65e5", 86)), "x")
        );
    }

    [Fact]
    public void What_would_lie_below_a_file_or_link_is_refused_with_both_layers_named()
    {
        _tree.AddSymbolicLink("home", "usr/home", Samples.File, "base");
        ImagingException e = Assert.Throws<ImagingException>(() => Add("home/user", "overlay"));
        Assert.Contains("'base'", e.Message, StringComparison.Ordinal);
        Assert.Contains("'overlay'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_replaces_an_empty_directory_but_not_a_full_one()
    {
        _tree.AddDirectory("empty", Samples.Directory, "base");
        Add("full/file", "base");
        Add("empty", "site");
        Assert.IsType<FileNode>(_tree.Find("empty"));
        Assert.Throws<ImagingException>(() => Add("full", "site"));
        _tree.AddDirectory("full/file", Samples.Directory, "site");
        Assert.IsType<DirectoryNode>(_tree.Find("full/file"));
    }

    [Fact]
    public void Names_of_a_hard_link_live_and_go_one_by_one()
    {
        Add("bin/a", "base");
        _tree.AddHardLink("bin/b", "bin/a", "base");
        _tree.AddHardLink("sbin/c", "bin/b", "base");
        Assert.Equal(3, _tree.Find("bin/a")!.NameCount);

        Assert.True(_tree.Remove("bin/a"));
        Assert.Same(_tree.Find("bin/b"), _tree.Find("sbin/c"));
        Assert.Equal(2, _tree.Find("bin/b")!.NameCount);

        Add("bin/b", "site");
        Assert.Equal(1, _tree.Find("sbin/c")!.NameCount);
        Assert.True(_tree.Remove("sbin"));
        Assert.False(_tree.Remove("sbin"));
        Assert.Throws<ImagingException>(() => _tree.AddHardLink("x", "sbin/c", "site"));
        Assert.Throws<ImagingException>(() => _tree.AddHardLink("x", "bin", "site"));
    }

    [Fact]
    public void Order_is_that_of_the_bytes_of_UTF_8()
    {
        string[] names = ["\U0001F600", "\uFF5E", "\uD7FF", "z", "Z", "a.b", "a", "a-b", "\u00e4"];
        foreach (string name in names)
        {
            Add(name, "x");
        }
        string[] expected =
        [
            .. names.OrderBy(
                name => Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(name)),
                StringComparer.Ordinal
            ),
        ];
        Assert.Equal(expected, _tree.Root.SortedEntries().Select(entry => entry.Name));
        Assert.NotEqual(names.Order(StringComparer.Ordinal), expected);
    }

    [Fact]
    public void A_mode_that_carries_a_file_type_is_refused() =>
        Assert.Throws<ImagingException>(() =>
            _tree.AddFile("x", FileContent.Empty, Samples.File with { Mode = 0x81A4 }, "x")
        );

    [Fact]
    public void Flags_are_read_as_tar_writes_them_and_unknown_ones_refused()
    {
        Assert.Equal(0x0002_0801u, FileFlags.Parse("schg,uarch,nodump"));
        Assert.Equal(0u, FileFlags.Parse("none"));
        Assert.Throws<ImagingException>(() => FileFlags.Parse("schg,snapshot"));
    }

    [Fact]
    public void A_source_that_was_shortened_is_noticed()
    {
        using var scratch = new Scratch();
        File.WriteAllBytes(scratch["store"], new byte[100]);
        using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(scratch["store"]);
        FileContent content = FileContent.FromFile(handle, 50, 60);
        content.Read(0, new byte[50]);
        Assert.Throws<ImagingException>(() => content.Read(0, new byte[60]));
    }

    [Fact]
    public void Sparse_content_reads_zeros_in_holes_and_refuses_overlaps()
    {
        FileContent sparse = FileContent.Sparse(
            20,
            [
                (2, FileContent.FromBytes(new byte[] { 1, 2, 3 })),
                (10, FileContent.FromBytes(new byte[] { 4 })),
            ]
        );
        byte[] bytes = Samples.Read(sparse);
        Assert.Equal([0, 0, 1, 2, 3, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0], bytes);
        byte[] middle = new byte[2];
        sparse.Read(4, middle);
        Assert.Equal([3, 0], middle);
        Assert.Throws<ArgumentException>(() =>
            FileContent.Sparse(4, [(2, FileContent.FromBytes(new byte[3]))])
        );
    }

    private void Add(string path, string origin) =>
        _tree.AddFile(path, FileContent.Empty, Samples.File, origin);
}
