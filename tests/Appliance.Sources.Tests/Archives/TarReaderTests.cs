using System.Text;
using Appliance.Sources.Archives;
using Appliance.Sources.Archives.Tar;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Archives;

public sealed class TarReaderTests : IDisposable
{
    private static readonly TarLimits Roomy = new(1000, 1L << 30);
    private readonly TestDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Extended_headers_override_the_header_and_are_forgotten_after_one_entry()
    {
        var archive = new TarBuilder()
            .GlobalPax(("gname", "sys"))
            .Pax(
                ("path", "usr/bin/ä"),
                ("uid", "4000000"),
                ("uname", "bin"),
                ("mtime", "1700000000.1234567899"),
                ("SCHILY.fflags", "schg,uarch,nosunlnk")
            )
            .File("short", Bytes.Of("content"))
            .File("plain")
            .Build();
        var entries = Read(archive);
        Assert.Equal(["usr/bin/ä", "plain"], entries.Select(entry => entry.Path));
        Assert.Equal(
            (4000000, "bin", "sys"),
            (entries[0].Uid, entries[0].UserName, entries[0].GroupName)
        );
        Assert.Equal(1_700_000_000_123_456_789, entries[0].ModifiedNanoseconds);
        Assert.Equal(0x0002_0800u, entries[0].Flags);
        Assert.Equal(7, entries[0].Length);
        Assert.Equal("content", Encoding.UTF8.GetString(archive, (int)entries[0].ContentOffset, 7));
        Assert.Equal(
            (0, "root", "sys", 0u),
            (entries[1].Uid, entries[1].UserName, entries[1].GroupName, entries[1].Flags)
        );
        Assert.Equal(1_700_000_000_000_000_000, entries[1].ModifiedNanoseconds);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1.5", 1_500_000_000)]
    [InlineData("-1.5", -1_500_000_000)]
    [InlineData("-0.0000000001", -1)]
    [InlineData("9223372036.854775807", long.MaxValue)]
    public void Times_are_kept_to_the_nanosecond(string text, long expected)
    {
        var entries = Read(new TarBuilder().Pax(("mtime", text)).File("a").Build());
        Assert.Equal(expected, entries[0].ModifiedNanoseconds);
    }

    [Fact]
    public void The_long_names_and_large_numbers_of_GNU_tar_are_read()
    {
        var name = string.Join('/', Enumerable.Repeat(new string('n', 99), 4));
        var archive = new TarBuilder()
            .Entry('L', "././@LongLink", content: Bytes.Of(name + "\0"))
            .Entry('K', "././@LongLink", content: Bytes.Of(name + "/target\0"))
            .Entry('2', "cut", target: "cut")
            .Build();
        var large = new TarBuilder().File("a").BuildWithoutEnd();
        new byte[] { 0x80, 0, 0, 0, 0, 0x3D, 9, 0 }.CopyTo(large, 108);
        TarBuilder.Seal(large);
        Assert.Equal(
            (name, name + "/target"),
            (Read(archive)[0].Path, Read(archive)[0].LinkTarget)
        );
        Assert.Equal(4_000_000, Read([.. large, .. new byte[1024]])[0].Uid);
    }

    public static TheoryData<string, byte[]> Bad() =>
        new()
        {
            {
                "it is truncated: it stops without the mark of its end",
                new TarBuilder().File("a").BuildWithoutEnd()
            },
            { "", [] },
            {
                "its last extended header belongs to no entry",
                new TarBuilder().Pax(("path", "a")).Build()
            },
            { "null: it is a device", new TarBuilder().Entry('3', "null").Build() },
            { "disk: it is a device", new TarBuilder().Entry('4', "disk").Build() },
            { "pipe: it is a named pipe", new TarBuilder().Entry('6', "pipe").Build() },
            {
                "old: it is a sparse file in GNU's old format",
                new TarBuilder().Entry('S', "old").Build()
            },
            { "x: it is of type 'V'", new TarBuilder().Entry('V', "x").Build() },
            {
                "a: the archive is truncated in its content",
                new TarBuilder().Entry('0', "a", size: 99_999).Build()
            },
            {
                "d: it is no file and yet has content",
                new TarBuilder().Entry('5', "d", size: 1).Build()
            },
            {
                "h: it is no file and yet has content",
                new TarBuilder().Entry('1', "h", "a", size: 1).Build()
            },
            { "uid is no octal number", new TarBuilder().Entry('0', "a", uid: "12x").Build() },
            {
                "a: its uid 2147483648 is out of range",
                new TarBuilder().Pax(("uid", "2147483648")).File("a").Build()
            },
            { "a: its size is no number", new TarBuilder().Pax(("size", "-1")).File("a").Build() },
            {
                "a: its mtime is no time",
                new TarBuilder().Pax(("mtime", "1.2.3")).File("a").Build()
            },
            {
                "a: its mtime is out of range",
                new TarBuilder().Pax(("mtime", "99999999999")).File("a").Build()
            },
            {
                "a: its file flag \"shiny\" is none of chflags(1)",
                new TarBuilder().Pax(("SCHILY.fflags", "schg,shiny")).File("a").Build()
            },
            {
                "a: it has an access control list",
                new TarBuilder().Pax(("SCHILY.acl.access", "user::rwx")).File("a").Build()
            },
            {
                "a: it is a sparse file in a format other than",
                new TarBuilder().Pax(("GNU.sparse.map", "0,1")).File("a").Build()
            },
            {
                "its extended header is damaged",
                new TarBuilder().Entry('x', "p", content: Bytes.Of("99 path=a\n")).File("a").Build()
            },
            {
                "its extended header is damaged",
                new TarBuilder().Entry('x', "p", content: Bytes.Of("7 path\n")).File("a").Build()
            },
            {
                "its extended header of 1048577 bytes is larger",
                new TarBuilder().Entry('x', "p", content: new byte[1_048_577]).File("a").Build()
            },
            {
                "its path is not UTF-8",
                new TarBuilder().Entry('L', "l", content: [0xFF, 0xFE]).File("a").Build()
            },
        };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_archive_is_refused_with_entry_and_reason(string expected, byte[] archive)
    {
        var exception = Assert.Throws<ArchiveException>(() => Read(archive));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_header_is_found_by_its_checksum()
    {
        var archive = new TarBuilder().File("first").File("second").Build();
        var exception = Assert.Throws<ArchiveException>(() =>
            Read(Bytes.Flip(archive, (512 * 8) + 3))
        );
        Assert.Contains("header at byte 512", exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, Read(archive).Count);
    }

    [Fact]
    public void An_archive_that_unpacks_to_too_much_is_refused()
    {
        var archive = new TarBuilder().File("a", new byte[600]).File("b", new byte[600]).Build();
        Assert.Equal(2, Read(archive, new TarLimits(2, 1200)).Count);
        Assert.Throws<ArchiveException>(() => Read(archive, new TarLimits(1, 1200)));
        Assert.Throws<ArchiveException>(() => Read(archive, new TarLimits(2, 1199)));
    }

    [Theory]
    [InlineData("2\n0\n3\n10\n2\n", "")]
    [InlineData("1\n18\n3\n", "does not fit")]
    [InlineData("1\n0\n20\n", "does not fit")]
    [InlineData("2\n5\n3\n7\n1\n", "does not fit")]
    [InlineData("1\n0\n", "damaged")]
    [InlineData("x\n", "damaged")]
    [InlineData("1\n0\n99999999999999999999\n", "damaged")]
    [InlineData("9999999\n", "more than")]
    public void The_map_of_a_sparse_file_is_checked(string map, string expected)
    {
        var content = new byte[512 + 5];
        Bytes.Of(map).CopyTo(content, 0);
        Bytes.Of("abcde").CopyTo(content, 512);
        var archive = new TarBuilder()
            .Pax(
                ("GNU.sparse.major", "1"),
                ("GNU.sparse.minor", "0"),
                ("GNU.sparse.name", "sparse"),
                ("GNU.sparse.realsize", "20")
            )
            .File("GNUSparseFile.0/sparse", content)
            .Build();
        if (expected.Length > 0)
        {
            var exception = Assert.Throws<ArchiveException>(() => Read(archive));
            Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
            return;
        }

        var entry = Assert.Single(Read(archive));
        Assert.Equal(("sparse", 20L), (entry.Path, entry.Length));
        var start = entry.ContentOffset + 512;
        Assert.Equal(
            [new SparseExtent(0, start, 3), new SparseExtent(10, start + 3, 2)],
            entry.Extents
        );
    }

    [Fact]
    public void Random_damage_ends_in_entries_or_a_refusal_and_nothing_else()
    {
        var random = new Random(11);
        var good = new TarBuilder()
            .Directory("usr")
            .Pax(("path", "usr/long"), ("mtime", "1.5"), ("SCHILY.fflags", "schg"))
            .File("short", Bytes.Random(1, 700))
            .Pax(("GNU.sparse.major", "1"), ("GNU.sparse.minor", "0"), ("GNU.sparse.realsize", "9"))
            .File("sparse", [.. Bytes.Of("1\n0\n1\n"), .. new byte[507]])
            .Symlink("link", "usr/long")
            .Build();
        var refused = 0;
        for (var round = 0; round < 4000; round++)
        {
            var damaged = (byte[])good.Clone();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            // Half of the time with right checksums, so that the damage gets behind them.
            for (var block = 0; round % 2 == 0 && block + 512 <= damaged.Length; block += 512)
            {
                Reseal(damaged, block);
            }

            try
            {
                _ = Read(damaged);
            }
            catch (ArchiveException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 500, 3999);
    }

    private static void Reseal(byte[] archive, int block)
    {
        if (archive.AsSpan(block + 257, 5).SequenceEqual("ustar"u8))
        {
            var header = archive[block..(block + 512)];
            TarBuilder.Seal(header);
            header.CopyTo(archive, block);
        }
    }

    private List<TarEntry> Read(byte[] archive, TarLimits? limits = null)
    {
        using var file = File.OpenHandle(directory.Write("a.tar", archive));
        var reader = new TarReader(file, archive.Length, limits ?? Roomy);
        return [.. reader.Entries(TestContext.Current.CancellationToken)];
    }
}
