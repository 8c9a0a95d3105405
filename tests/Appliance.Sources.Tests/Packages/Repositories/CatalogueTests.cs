using System.Text;
using Appliance.Sources.Archives;
using Appliance.Sources.Packages.Repositories;
using Appliance.Sources.Packages.Signatures;
using Appliance.Sources.Tests.Packages.Support;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Packages.Repositories;

public sealed class CatalogueTests : RepositoryFixture
{
    private static readonly RepositoryLimits Limits = new();

    [Fact]
    public void Both_forms_say_the_same_of_every_package()
    {
        var builder = new CatalogueBuilder()
            .Add(
                "a",
                "1_2,3",
                "\"deps\":[\"b\",\"c\"],\"shlibs_required\":[\"l.so\"],\"requires\":[\"r\"],\"conflicts\":[\"x\"]"
            )
            .Add(
                "b",
                "2",
                "\"shlibs_provided\":[\"l.so\"],\"provides\":[\"r\"],\"annotations\":{\"flavor\":\"f\",\"FreeBSD_version\":\"1\",\"other\":\"x\"}"
            )
            .Add(
                "c",
                "3",
                "\"licenses\":[\"MIT\"],\"options\":{\"A\":\"on\"},\"messages\":[{\"message\":\"{[\\u00e9\"}]"
            );
        var data = Read(builder.Data(), CatalogueForm.Data);
        var lines = Read(builder.Lines(), CatalogueForm.Lines);
        Assert.Equal(data.Select(Shown), lines.Select(Shown));
        Assert.Equal(
            "a-1_2,3 misc/a FreeBSD:15:amd64 All/a-1_2,3.pkg 100 deps b,c needs l.so r brings   conflicts x",
            Shown(data[0]).Replace(new string('a', 64) + " ", "", StringComparison.Ordinal)
        );
        Assert.Equal(("f", "1"), (data[1].Flavor, data[1].OsVersion));
        Assert.Same(data[0].LibrariesRequired[0], data[1].LibrariesProvided[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public void A_catalogue_may_arrive_in_pieces_of_any_size(int piece)
    {
        var builder = new CatalogueBuilder();
        for (var index = 0; index < 200; index++)
        {
            builder.Add(
                $"p{index}",
                more: $"\"deps\":[\"p{index + 1}\"],\"desc\":\"{new string('d', index)}\""
            );
        }

        foreach (var form in Enum.GetValues<CatalogueForm>())
        {
            var bytes = form == CatalogueForm.Data ? builder.Data() : builder.Lines();
            using var stream = new DripStream(bytes, piece);
            var reader = new CatalogueReader(form, Limits with { ManifestBytes = 1024 });
            Assert.Equal(200, reader.Read(stream, TestContext.Current.CancellationToken).Count);
        }
    }

    [Theory]
    [InlineData("", nameof(CatalogueForm.Lines), 0)]
    [InlineData("{}", nameof(CatalogueForm.Data), 0)]
    [InlineData("{\"packages\":[]}", nameof(CatalogueForm.Data), 0)]
    [InlineData("\n\n", nameof(CatalogueForm.Lines), 0)]
    public void An_empty_catalogue_is_one(string text, string form, int count)
    {
        Assert.Equal(count, Read(Bytes.Of(text), Enum.Parse<CatalogueForm>(form)).Count);
    }

    [Theory]
    [InlineData("[]", nameof(CatalogueForm.Data), "it is no object")]
    [InlineData("[]", nameof(CatalogueForm.Lines), "a line is no manifest")]
    [InlineData("{\"packages\":[{", nameof(CatalogueForm.Data), "damaged behind package 0")]
    [InlineData("{\"packages\":[{}]}", nameof(CatalogueForm.Data), "no name of a package")]
    [InlineData(
        "{\"name\":\"a\",\"version\":\"1\"}",
        nameof(CatalogueForm.Lines),
        "the manifest of a in its catalogue has no origin"
    )]
    [InlineData(
        "{\"name\":{},\"version\":\"1\"}",
        nameof(CatalogueForm.Lines),
        "something else for a text"
    )]
    [InlineData(
        "{\"deps\":[]}",
        nameof(CatalogueForm.Lines),
        "StartArray where a StartObject belongs"
    )]
    [InlineData("{\"pkgsize\":-1}", nameof(CatalogueForm.Lines), "no size that is one")]
    [InlineData("{\"name\":\"\\ud800\"}", nameof(CatalogueForm.Lines), "damaged")]
    [InlineData("<html>", nameof(CatalogueForm.Lines), "damaged")]
    [InlineData(
        "{\"a\":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}",
        nameof(CatalogueForm.Lines),
        "damaged"
    )]
    public void What_is_no_catalogue_is_refused(string text, string form, string reason)
    {
        var refusal = Assert.Throws<ArchiveException>(() =>
            Read(Bytes.Of(text), Enum.Parse<CatalogueForm>(form))
        );
        Assert.Contains(reason, refusal.Message);
    }

    [Fact]
    public void A_manifest_a_text_and_a_number_of_packages_have_limits()
    {
        var tight = Limits with { ManifestBytes = 2048, Packages = 2 };
        Refuse(
            "larger than the 2048 bytes",
            new CatalogueBuilder().Add("a", more: $"\"desc\":\"{new string('x', 3000)}\""),
            tight
        );
        Refuse("more than 2 packages", new CatalogueBuilder().Add("a").Add("b").Add("c"), tight);
        Refuse(
            "65536 are allowed",
            new CatalogueBuilder().Add("a", more: $"\"requires\":[\"{new string('x', 70_000)}\"]"),
            Limits
        );
    }

    /// <summary>10 GB of manifest in a small archive: the reader stops at its limits, wherever the bytes are.</summary>
    [Fact]
    public async Task A_bomb_in_the_place_of_a_catalogue_is_stopped_while_it_is_unpacked()
    {
        var tight = new RepositoryLimits { CatalogueBytes = 1 << 20, ManifestBytes = 1 << 16 };
        var roomy = tight with { CatalogueBytes = 32 << 20 };
        var manifest = $"{{\"packages\":[{{\"desc\":\"{new string('x', 8 << 20)}\"}}]}}";
        var blanks = $"{{\"groups\":[]{new string(' ', 8 << 20)}}}";
        var zeros = new TarBuilder()
            .File("other", new byte[8 << 20])
            .File("data", Bytes.Of("{}"))
            .Build();
        byte[] claim =
        [
            .. new TarBuilder().Entry('0', "data", size: 8L << 30).BuildWithoutEnd(),
            .. Bytes.Of("{\"packages\":["),
        ];
        Assert.Contains(
            "larger than the 65536 bytes",
            await Spoiled(CatalogueBuilder.Archive("data", Bytes.Of(manifest)), roomy)
        );
        Assert.Contains(
            "1048576 bytes",
            await Spoiled(CatalogueBuilder.Archive("data", Bytes.Of(blanks)), tight)
        );
        Assert.Contains("1048576 bytes", await Spoiled(PackageBuilder.Zstandard(zeros), tight));
        Assert.Contains("1048576 bytes", await Spoiled(PackageBuilder.Zstandard(claim), tight));
        Assert.Contains(
            "2 are allowed",
            await Spoiled(new CatalogueBuilder().DataArchive(), tight with { ArchiveBytes = 2 })
        );
    }

    [Fact]
    public async Task Members_twice_missing_or_odd_are_refused()
    {
        var data = new CatalogueBuilder().Add("tiny").Data();
        Assert.Contains(
            "data is there twice",
            await Spoiled(Packed(tar => tar.File("data", data).File("data", data)))
        );
        Assert.Contains(
            "or is no file",
            await Spoiled(Packed(tar => tar.Symlink("data", "/etc/passwd")))
        );
        Assert.Contains(
            "it has no data in it",
            await Spoiled(Packed(tar => tar.File("other", data)))
        );
        Assert.Contains("device", await Spoiled(Packed(tar => tar.Entry('3', "data"))));
        Assert.Contains(
            "its compressed data is damaged",
            await Spoiled(new CatalogueBuilder().DataArchive()[..^5])
        );
        Assert.Contains(
            "truncated",
            await Spoiled(
                PackageBuilder.Zstandard(new TarBuilder().File("data", data).BuildWithoutEnd())
            )
        );
    }

    [Fact]
    public async Task Signatures_have_limits_in_number_and_size()
    {
        var data = new CatalogueBuilder().Add("tiny").Data();
        Assert.Contains(
            "more than 8 signatures",
            await Spoiled(
                Packed(tar =>
                {
                    for (var index = 0; index < 9; index++)
                    {
                        tar.File($"{index}.sig", [1]);
                    }

                    tar.File("data", data);
                }),
                policy: Trust(new string('a', 64))
            )
        );
        Assert.Contains(
            "larger than the 1048576",
            await Spoiled(
                Packed(tar => tar.File("data.sig", new byte[(1 << 20) + 1]).File("data", data)),
                policy: Trust(new string('a', 64))
            )
        );
        Assert.Contains(
            "data.sig is empty",
            await Spoiled(
                Packed(tar => tar.File("data.sig").File("data", data)),
                policy: Trust(new string('a', 64))
            )
        );
        Assert.Contains(
            "data.sig is there twice",
            await Spoiled(
                Packed(tar => tar.File("data.sig", [1]).File("data.sig", [1]).File("data", data)),
                policy: Trust(new string('a', 64))
            )
        );
    }

    [Theory]
    [InlineData("../../../etc/cron.d/x.pkg")]
    [InlineData("/etc/x.pkg")]
    [InlineData("All/../../x.pkg")]
    [InlineData("All\\\\x.pkg")]
    [InlineData("All/.x.pkg")]
    [InlineData("All/x.pkg?y")]
    public async Task A_package_outside_of_its_repository_is_refused(string path)
    {
        var archive = new CatalogueBuilder()
            .Add("tiny", more: $"\"path\":\"{path}\"")
            .DataArchive();
        Assert.Contains("which is no path in it", await Spoiled(archive));
    }

    [Fact]
    public async Task A_package_with_a_digest_that_is_none_is_refused()
    {
        Assert.Contains(
            "the digest \"2$xx\", which cannot be",
            await Spoiled(
                new CatalogueBuilder().Add("tiny", more: "\"sum\":\"2$xx\"").DataArchive()
            )
        );
    }

    /// <summary>Seeded and bounded: archives, catalogues, UCL and manifests with a few bytes changed.</summary>
    [Fact]
    public void Spoiled_input_of_any_kind_is_read_or_refused_and_nothing_else()
    {
        var random = new Random(11);
        var data = RepositoryArchives.Unpack(
            PackageFixtures.File("repositories/unsigned/data.pkg")
        );
        var lines = RepositoryArchives.Unpack(
            PackageFixtures.File("repositories/unsigned/packagesite.pkg")
        );
        var meta = File.ReadAllBytes(PackageFixtures.File("repositories/version1/meta.conf"));
        var refused = 0;
        for (var round = 0; round < 4000; round++)
        {
            refused += Tries(
                (round % 3) switch
                {
                    0 => () => Read(Spoil(random, data[512..]), CatalogueForm.Data),
                    1 => () => Read(Spoil(random, lines[512..]), CatalogueForm.Lines),
                    _ => () => RepositoryMeta.Parse(Spoil(random, meta)),
                }
            );
        }

        Assert.InRange(refused, 1000, 3999);
    }

    [Fact]
    public void Spoiled_archives_are_read_or_refused_and_nothing_else()
    {
        var random = new Random(12);
        var packed = File.ReadAllBytes(
            PackageFixtures.File("repositories/fingerprints-ecc/data.pkg")
        );
        var plain = RepositoryArchives.Unpack(
            PackageFixtures.File("repositories/fingerprints-ecc/data.pkg")
        );
        for (var round = 0; round < 600; round++)
        {
            var path = directory.Write("spoiled", Spoil(random, round % 2 == 0 ? packed : plain));
            using var file = File.OpenHandle(path);
            var archive = new CatalogueArchive(
                file,
                "data",
                Limits,
                Trust(Fingerprint("ecc")),
                new Dictionary<string, string>()
            );
            Tries(() =>
                archive.Read(
                    content =>
                        new CatalogueReader(CatalogueForm.Data, Limits).Read(
                            content,
                            TestContext.Current.CancellationToken
                        ),
                    TestContext.Current.CancellationToken
                )
            );
        }
    }

    private static int Tries(Action work)
    {
        try
        {
            work();
            return 0;
        }
        catch (Exception exception) when (exception is ArchiveException or SourceException)
        {
            return 1;
        }
    }

    private static byte[] Spoil(Random random, byte[] bytes)
    {
        var spoiled = (byte[])bytes.Clone();
        for (var count = random.Next(1, 6); count > 0; count--)
        {
            spoiled[random.Next(spoiled.Length)] = random.Next(3) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)"{}[]\",:=;#<'\\\n"[random.Next(14)],
                _ => 0,
            };
        }

        return random.Next(8) == 0 ? spoiled[..random.Next(spoiled.Length)] : spoiled;
    }

    private async Task<string> Spoiled(
        byte[] archive,
        RepositoryLimits? limits = null,
        SignaturePolicy? policy = null
    )
    {
        directory.Write("spoiled/data.pkg", archive);
        var repository = Local(
            directory.File("spoiled"),
            policy ?? SignaturePolicy.UnsignedIAcceptAnything
        ) with
        {
            Limits = limits ?? Limits,
        };
        var message = await Refused(SourceFailure.Malformed, Request(repository, "tiny"));
        Assert.StartsWith("the repository latest", message, StringComparison.Ordinal);
        return message;
    }

    private static byte[] Packed(Action<TarBuilder> content)
    {
        var tar = new TarBuilder();
        content(tar);
        return PackageBuilder.Zstandard(tar.Build());
    }

    private static void Refuse(string reason, CatalogueBuilder builder, RepositoryLimits limits)
    {
        using var stream = new MemoryStream(builder.Lines());
        var reader = new CatalogueReader(CatalogueForm.Lines, limits);
        var refusal = Assert.Throws<ArchiveException>(() =>
            reader.Read(stream, TestContext.Current.CancellationToken)
        );
        Assert.Contains(reason, refusal.Message);
    }

    private static IReadOnlyList<IndexedPackage> Read(byte[] bytes, CatalogueForm form)
    {
        using var stream = new MemoryStream(bytes);
        return new CatalogueReader(form, Limits).Read(
            stream,
            TestContext.Current.CancellationToken
        );
    }

    private static string Shown(IndexedPackage package) =>
        new StringBuilder()
            .Append(package.FullName)
            .Append(' ')
            .AppendJoin(' ', package.Origin, package.Abi, package.Sum, package.Path, package.Size)
            .Append(" deps ")
            .AppendJoin(',', package.Dependencies)
            .Append(" needs ")
            .AppendJoin(' ', package.LibrariesRequired.Concat(package.Requires))
            .Append(" brings ")
            .AppendJoin(',', package.LibrariesProvided)
            .Append(' ')
            .AppendJoin(',', package.Provides)
            .Append(" conflicts ")
            .AppendJoin(',', package.Conflicts)
            .ToString();

    /// <summary>A stream that never gives more than a few bytes at once.</summary>
    private sealed class DripStream(byte[] content, int piece) : MemoryStream(content)
    {
        public override int Read(Span<byte> buffer) =>
            base.Read(buffer[..Math.Min(piece, buffer.Length)]);

        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, Math.Min(piece, count));
    }
}
