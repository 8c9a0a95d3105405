using Appliance.Sources.Archives;
using Appliance.Sources.Archives.Tar;
using Appliance.Sources.Store;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Store;

public sealed class EntryRulesTests : IDisposable
{
    private readonly TestDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Paths_are_normalised_and_hard_links_name_the_first_file()
    {
        var entries = Accept(
            new TarBuilder()
                .Directory("./")
                .Directory("./usr//bin/")
                .File("./usr/bin/su")
                .Hardlink("usr/bin/sudo", "./usr/bin/su")
                .Hardlink("usr/bin/doas", "usr/bin/sudo")
                .Symlink("usr/absolute", "/usr/../bin")
                .File("without/its/directory")
        );
        Assert.Equal(
            [
                ".",
                "usr/bin",
                "usr/bin/su",
                "usr/bin/sudo",
                "usr/bin/doas",
                "usr/absolute",
                "without/its/directory",
            ],
            entries.Select(entry => entry.Path)
        );
        Assert.Equal(
            ["usr/bin/su", "usr/bin/su"],
            entries.Skip(3).Take(2).Select(entry => entry.LinkTarget)
        );
        Assert.Equal("/usr/../bin", entries[5].LinkTarget);
    }

    [Fact]
    public void A_directory_told_again_in_the_same_way_is_taken_once()
    {
        Assert.Equal(2, Accept(new TarBuilder().Directory("a").File("a/b").Directory("a/")).Count);
        Assert.Equal(2, Accept(new TarBuilder().File("a/b").Directory("a/")).Count);
        Refuse(
            "in the archive twice",
            new TarBuilder().Directory("a").Directory("a/", mode: 0x1C0)
        );
    }

    public static TheoryData<string, TarBuilder> Bad() =>
        new()
        {
            { "/etc/passwd: its path is absolute", new TarBuilder().File("/etc/passwd") },
            { "../up: its path leads upwards", new TarBuilder().File("../up") },
            { "a/../../up: its path leads upwards", new TarBuilder().File("a/../../up") },
            { "a: this name is in the archive twice", new TarBuilder().File("a").File("./a") },
            {
                "a: this name is in the archive twice",
                new TarBuilder().File("a/b").Symlink("a", "/etc")
            },
            { "a: this name is in the archive twice", new TarBuilder().Directory("a").File("a") },
            {
                "a/b: its path leads through a, which is no",
                new TarBuilder().Symlink("a", "/etc").File("a/b")
            },
            {
                "a/b/c: its path leads through a/b, which",
                new TarBuilder().File("a/b").File("a/b/c")
            },
            {
                "a/b: its path leads through a, which",
                new TarBuilder().File("f").Hardlink("a", "f").Directory("a/b")
            },
            {
                "h: it is a hard link to later",
                new TarBuilder().Hardlink("h", "later").File("later")
            },
            { "h: it is a hard link to d", new TarBuilder().Directory("d").Hardlink("h", "d") },
            { "h: it is a hard link to s", new TarBuilder().Symlink("s", "x").Hardlink("h", "s") },
            { "h: its link target leads upwards", new TarBuilder().Hardlink("h", "../h") },
            { "s: its link target of 0 bytes", new TarBuilder().Symlink("s", "") },
            {
                "s: its link target of 1024 bytes",
                new TarBuilder().Pax(("linkpath", new string('x', 1024))).Symlink("s", "x")
            },
            {
                "a name of more than 255 bytes",
                new TarBuilder().Pax(("path", new string('ä', 128))).File("x")
            },
            {
                "longer than 1023 bytes",
                new TarBuilder()
                    .Pax(("path", string.Join('/', new string('x', 513).AsEnumerable())))
                    .File("x")
            },
            { "empty or holds a zero byte", new TarBuilder().Pax(("path", "a\0b")).File("x") },
            { "empty or holds a zero byte", new TarBuilder().File("") },
        };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_name_that_breaks_a_rule_is_refused(string expected, TarBuilder archive) =>
        Refuse(expected, archive);

    [Fact]
    public void Names_up_to_the_limits_pass()
    {
        var name = new string('x', 255);
        var path = string.Join('/', Enumerable.Repeat(new string('x', 127), 8));
        var entries = Accept(
            new TarBuilder().Pax(("path", name)).File("x").Pax(("path", path)).File("y")
        );
        Assert.Equal([name, path], entries.Select(entry => entry.Path));
        Assert.Equal(1023, path.Length);
    }

    private void Refuse(string expected, TarBuilder archive)
    {
        var exception = Assert.Throws<ArchiveException>(() => Accept(archive));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    private List<TarEntry> Accept(TarBuilder builder)
    {
        var archive = builder.Build();
        using var file = File.OpenHandle(directory.Write("a.tar", archive));
        var reader = new TarReader(file, archive.Length, new TarLimits(1000, 1L << 30));
        var rules = new EntryRules();
        return
        [
            .. reader
                .Entries(TestContext.Current.CancellationToken)
                .Select(rules.Accept)
                .OfType<TarEntry>(),
        ];
    }
}
