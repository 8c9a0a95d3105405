using System.Text;
using Appliance.Imaging.Disk;
using Appliance.Imaging.Iso;
using Appliance.Imaging.Tests.Support;
using Appliance.Imaging.Tree;

namespace Appliance.Imaging.Tests.Iso;

/// <summary>Other people's programs read what we write.</summary>
public sealed class IsoFileSystemTests : IDisposable
{
    private const long Time = 1_767_225_600_000_000_000;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-iso-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Libarchive_finds_every_name_and_byte()
    {
        var path = Write(Sample());
        var listing = ForeignTool.Run("bsdtar", "-tvf", path);
        Assert.Contains("meta-data", listing, StringComparison.Ordinal);
        Assert.Contains("openstack/latest/meta_data.json", listing, StringComparison.Ordinal);
        Assert.Contains("2026", listing, StringComparison.Ordinal);
        Assert.Equal("instance-id: a\n", ForeignTool.Run("bsdtar", "-xOf", path, "meta-data"));
        Assert.Equal(
            new string('x', 100_000),
            ForeignTool.Run("bsdtar", "-xOf", path, "openstack/latest/meta_data.json")
        );
        Assert.Equal("", ForeignTool.Run("bsdtar", "-xOf", path, "empty"));
    }

    [Fact]
    public void Xorriso_reads_label_names_and_content_without_a_complaint()
    {
        var path = Write(Sample());
        var target = Path.Combine(folder.FullName, "out");
        var result = ForeignTool.Try(
            "xorriso",
            "-abort_on",
            "WARNING",
            "-indev",
            path,
            "-pvd_info",
            "-osirrox",
            "on",
            "-extract",
            "/",
            target
        );
        Assert.True(result.ExitCode == 0, result.All);
        Assert.Contains("Volume Id    : cidata", result.All, StringComparison.Ordinal);
        Assert.Equal("instance-id: a\n", File.ReadAllText(Path.Combine(target, "meta-data")));
        Assert.Equal(
            100_000,
            new FileInfo(Path.Combine(target, "openstack/latest/meta_data.json")).Length
        );
    }

    [Fact]
    public void The_names_of_ISO_9660_itself_are_read_where_Joliet_is_not()
    {
        var listing = ForeignTool.Run(
            "bsdtar",
            "-tf",
            Write(Sample()),
            "--options",
            "iso9660:!joliet,iso9660:!rockridge"
        );
        Assert.Contains("META_DATA", listing, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Many_files_fill_several_sectors_of_a_folder()
    {
        var tree = new FileTree(Time);
        for (var number = 0; number < 200; number++)
        {
            Add(tree, $"folder/file-with-a-long-name-{number:000}", $"{number}");
        }

        var listing = ForeignTool.Run("bsdtar", "-tf", Write(tree)).Split('\n');
        Assert.Equal(
            200,
            listing.Count(name => name.Contains("file-with", StringComparison.Ordinal))
        );
        Assert.Equal(
            "117",
            ForeignTool.Run("bsdtar", "-xOf", Write(tree), "folder/file-with-a-long-name-117")
        );
    }

    [Fact]
    public void The_same_tree_gives_the_same_bytes()
    {
        Assert.Equal(File.ReadAllBytes(Write(Sample())), File.ReadAllBytes(Write(Sample())));
    }

    [Theory]
    [InlineData("a name of more than thirty characters.txt", "longer than the 30 characters")]
    [InlineData("what?", "no name of Joliet")]
    public void A_name_that_does_not_fit_is_refused(string name, string reason)
    {
        var tree = new FileTree(Time);
        Add(tree, name, "x");
        Assert.Contains(
            reason,
            Assert.Throws<ImagingException>(() => Write(tree)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Two_names_that_differ_in_their_case_are_refused()
    {
        var tree = new FileTree(Time);
        Add(tree, "Name", "x");
        Add(tree, "name", "y");
        Assert.Throws<ImagingException>(() => Write(tree));
    }

    [Fact]
    public void A_link_is_refused()
    {
        var tree = new FileTree(Time);
        tree.AddSymbolicLink("link", "target", NodeMetadata.DefaultFile(Time), "test");
        Assert.Throws<ImagingException>(() => Write(tree));
    }

    private static FileTree Sample()
    {
        var tree = new FileTree(Time);
        Add(tree, "meta-data", "instance-id: a\n");
        Add(tree, "user-data", "#cloud-config\n");
        Add(tree, "empty", "");
        Add(tree, "openstack/latest/meta_data.json", new string('x', 100_000));
        return tree;
    }

    private static void Add(FileTree tree, string path, string text) =>
        tree.AddFile(
            path,
            FileContent.FromBytes(Encoding.UTF8.GetBytes(text)),
            NodeMetadata.DefaultFile(Time),
            "test"
        );

    private string Write(FileTree tree)
    {
        var path = Path.Combine(folder.FullName, $"{Guid.NewGuid():N}.iso");
        ImageFile.WriteContent(
            IsoFileSystem.Plan(tree, new IsoOptions { Label = "cidata", Time = Time }),
            path
        );
        return path;
    }
}
