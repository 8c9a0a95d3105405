using System.Globalization;
using System.Text;

namespace Appliance.Sources.Tests.Support;

/// <summary>
/// A small tree with everything that a release set has, packed the way a release packs it: bsdtar takes owners, modes,
/// flags and times from a list, and only the content and the hard links from the disk. So it needs no root.
/// </summary>
public sealed class SampleTree
{
    public const string Time = "1700000000.123456789";
    private readonly TestDirectory directory;
    private readonly StringBuilder list = new("#mtree\n");

    public SampleTree(TestDirectory directory)
    {
        this.directory = directory;
        Entry(".", "dir", "root", "wheel", "0755");
        Entry("usr", "dir", "root", "wheel", "0755");
        Entry("usr/bin", "dir", "root", "wheel", "0755");
        File("usr/bin/su", Bytes.Of("setuid"), mode: "04555", more: "flags=schg,uarch");
        File("usr/bin/chpass", Bytes.Compressible(21, 40_000), mode: "04555", more: "flags=nodump");
        Hardlink("usr/bin/chfn", "usr/bin/chpass");
        Hardlink("usr/bin/ypchsh", "usr/bin/chpass");
        File("usr/bin/write", Bytes.Of("setgid"), owner: "root", group: "tty", mode: "02555");
        Entry("tmp", "dir", "root", "wheel", "01777");
        Link("etc", "usr/../private etc");
        Link("absolute", "/nonexistent");
        File("empty", []);
        File("usr/ä 😀 name", Bytes.Of("unicode"), owner: "bin", group: "sys");
        File(new string('n', 255), Bytes.Of("a long name"));
        var deep = string.Join('/', Enumerable.Repeat(new string('d', 90), 5));
        File(deep + "/file", Bytes.Of("a long path"));
        Link(deep + "/link", deep);
        File("number", Bytes.Of("x"), more: "uid=4000000 gid=5000000");
        Sparse("sparse", 3_000_000);
        for (var index = 0; index < 40; index++)
        {
            File($"usr/file{index}", Bytes.Compressible(index, index * 1117));
        }

        File("large", Bytes.Compressible(22, 1_500_000));
    }

    private string Root => directory.File("tree");

    /// <summary>The archive as bsdtar makes it, in the format that a release uses.</summary>
    public byte[] Tar(string format = "pax") =>
        ForeignTool.RunOn(
            null,
            "bsdtar",
            "--format",
            format,
            "-cf",
            "-",
            "-C",
            Root,
            "@" + directory.Write("list", Bytes.Of(list.ToString()))
        );

    private void File(
        string path,
        byte[] content,
        string owner = "root",
        string group = "wheel",
        string mode = "0644",
        string more = ""
    )
    {
        directory.Write("tree/" + path, content);
        Entry(path, "file", owner, group, mode, more);
    }

    private void Sparse(string path, int length)
    {
        using var file = System.IO.File.Create(Path.Combine(Root, path));
        file.Seek(1_000_000, SeekOrigin.Begin);
        file.Write(Bytes.Random(23, 70_000));
        file.SetLength(length);
        Entry(path, "file", "root", "wheel", "0644");
    }

    private void Hardlink(string path, string target)
    {
        ForeignTool.Run("ln", Path.Combine(Root, target), Path.Combine(Root, path));
        Entry(path, "file", "root", "wheel", "04555", "flags=nodump");
    }

    private void Link(string path, string target) =>
        Entry(path, "link", "root", "wheel", "0777", "link=" + Escape(target));

    private void Entry(
        string path,
        string type,
        string owner,
        string group,
        string mode,
        string more = ""
    )
    {
        if (type == "dir")
        {
            Directory.CreateDirectory(Path.Combine(Root, path));
        }

        var name = path == "." ? "." : "./" + Escape(path);
        list.Append(
            CultureInfo.InvariantCulture,
            $"{name} type={type} uid=0 gid=0 uname={owner} gname={group} mode={mode} time={Time} {more}\n"
        );
    }

    /// <summary>Blanks, and all that is not ASCII, as octal numbers; source: mtree(5).</summary>
    private static string Escape(string text) =>
        string.Concat(
            Encoding
                .UTF8.GetBytes(text)
                .Select(value =>
                    value is > 32 and < 127 and not (byte)'\\'
                        ? ((char)value).ToString()
                        : "\\" + Convert.ToString(value, 8).PadLeft(3, '0')
                )
        );
}
