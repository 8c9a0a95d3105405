using Appliance.Imaging.Tests.Support;
using Appliance.Imaging.Tree;

namespace Appliance.Imaging.Tests.Tree;

public sealed class LeaveOutTests
{
    private readonly FileTree _tree = Samples.Tree();

    public LeaveOutTests()
    {
        foreach (
            string path in (string[])
                [
                    "bin/sh",
                    "boot/kernel/kernel",
                    "boot/kernel/if_gre.ko",
                    "usr/lib/libc.a",
                    "usr/lib/libc.so",
                    "usr/lib/debug/bin/sh.debug",
                    "usr/share/man/man1/ls.1.gz",
                    "usr/share/man/man8/route.8.gz",
                    "usr/tests/bin/test",
                    "var/a1b",
                ]
        )
        {
            _tree.AddFile(path, Samples.Bytes(100, 1), Samples.File, "base");
        }
    }

    [Theory]
    [InlineData("*.a", "usr/lib/libc.a")]
    [InlineData("/bin", "bin/sh")]
    [InlineData("bin", "bin/sh usr/lib/debug/bin/sh.debug usr/tests/bin/test")]
    [InlineData("bin/", "bin/sh usr/lib/debug/bin/sh.debug usr/tests/bin/test")]
    [InlineData("sh/", "")]
    [InlineData("usr/lib", "usr/lib/debug/bin/sh.debug usr/lib/libc.a usr/lib/libc.so")]
    [InlineData("lib/debug", "")]
    [InlineData("**/lib/debug", "usr/lib/debug/bin/sh.debug")]
    [InlineData("usr/**/test", "usr/tests/bin/test")]
    [InlineData("usr/**/lib", "usr/lib/debug/bin/sh.debug usr/lib/libc.a usr/lib/libc.so")]
    [InlineData("usr/share/man/**", "usr/share/man/man1/ls.1.gz usr/share/man/man8/route.8.gz")]
    [InlineData("usr/share/man/man[1-7]", "usr/share/man/man1/ls.1.gz")]
    [InlineData("usr/share/man/man[!1-7]", "usr/share/man/man8/route.8.gz")]
    [InlineData("boot/*/*.ko", "boot/kernel/if_gre.ko")]
    [InlineData("boot/*.ko", "")]
    [InlineData("lib?.*", "usr/lib/libc.a usr/lib/libc.so")]
    [InlineData("a*b", "var/a1b")]
    [InlineData(@"a\*b", "")]
    [InlineData("*.*.*", "usr/share/man/man1/ls.1.gz usr/share/man/man8/route.8.gz")]
    public void A_pattern_removes_what_gitignore_would_ignore(string pattern, string expected)
    {
        string[] before = Files();
        LeaveOutReport report = _tree.LeaveOut([pattern]);
        string[] gone = [.. before.Except(Files())];

        Assert.Equal(expected, string.Join(' ', gone));
        Assert.Equal(gone.Length, report.Files);
        Assert.Equal(gone.Length * 100, report.Bytes);
    }

    [Fact]
    public void A_later_pattern_brings_back_single_files_of_a_directory_that_goes()
    {
        LeaveOutReport report = _tree.LeaveOut([
            "usr/share/",
            "/usr/tests",
            "!man8",
            "nothing-has-this-name",
        ]);

        Assert.Null(_tree.Find("usr/share/man/man1"));
        Assert.NotNull(_tree.Find("usr/share/man/man8/route.8.gz"));
        Assert.Null(_tree.Find("usr/tests"));
        Assert.Equal([1, 1, 0, 0], report.Patterns.Select(pattern => pattern.Files));
        Assert.Equal([1, 2, 0, 0], report.Patterns.Select(pattern => pattern.Directories));
    }

    [Fact]
    public void Bytes_of_a_hard_link_are_saved_when_its_last_name_goes()
    {
        _tree.AddHardLink("rescue/sh", "bin/sh", "base");
        Assert.Equal(0, _tree.LeaveOut(["/rescue"]).Bytes);
        _tree.AddHardLink("rescue/sh", "bin/sh", "base");
        LeaveOutReport report = _tree.LeaveOut(["/rescue", "/bin"]);
        Assert.Equal(100, report.Bytes);
        Assert.Equal(2, report.Files);
    }

    [Theory]
    [InlineData("a//b")]
    [InlineData("../x")]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("/")]
    [InlineData("[abc")]
    [InlineData("x?\\")]
    public void A_pattern_that_is_malformed_is_refused(string pattern) =>
        Assert.Throws<ImagingException>(() => _tree.LeaveOut([pattern]));

    private string[] Files() =>
        [.. _tree.Walk().Where(item => item.Node is FileNode).Select(item => item.Path)];
}
