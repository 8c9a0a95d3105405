using Appliance.Sources.Packages;
using Appliance.Sources.Packages.Archives;
using Appliance.Sources.Packages.Resolution;
using Appliance.Sources.Store;
using Appliance.Sources.Tests.Packages.Support;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Packages.Archives;

public sealed class PackageStoreTests : IDisposable
{
    private readonly TestDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_package_becomes_a_layer_with_relative_paths_and_without_its_manifests()
    {
        var builder = new PackageBuilder()
            .File("/usr/local/bin/tiny", "#!/bin/sh\n")
            .Listed("/usr/local/bin/link", "1$" + Bytes.Sha256(Bytes.Of("tiny")))
            .Listed("/usr/local/etc/absolute", "1$" + Bytes.Sha256([.. Bytes.Of("etc/tiny"), 0]))
            .Listed("/usr/local/bin/hard", "1$" + Bytes.Sha256(Bytes.Of("#!/bin/sh\n")));
        builder
            .Content.Symlink("/usr/local/bin/link", "tiny")
            .Symlink("/usr/local/etc/absolute", "/etc/tiny")
            .Hardlink("/usr/local/bin/hard", "/usr/local/bin/tiny")
            .Directory("/var/db/tiny/");
        var layer = Get(builder.Resolved(directory));

        Assert.Equal("tiny", layer.Manifest.Name);
        Assert.Equal(
            [
                "usr/local/bin/tiny",
                "usr/local/bin/link",
                "usr/local/etc/absolute",
                "usr/local/bin/hard",
                "var/db/tiny",
            ],
            layer.Layer.Entries.Select(entry => entry.Path)
        );
        Assert.Equal("/etc/tiny", layer.Layer.Entries[2].LinkTarget);
        Assert.Equal("usr/local/bin/tiny", layer.Layer.Entries[3].LinkTarget);
        using var payload = layer.Layer.Open();
        var content = new byte[100];
        var read = payload.Read(layer.Layer.Entries[0], 0, content);
        Assert.Equal("#!/bin/sh\n"u8, content.AsSpan(0, read));
    }

    [Fact]
    public void A_package_is_decoded_once()
    {
        var package = new PackageBuilder().File("/usr/local/bin/tiny", "x").Resolved(directory);
        Assert.False(new PackageStore(directory.Cache).Has(package));
        Get(package);
        Assert.True(new PackageStore(directory.Cache).Has(package));
        File.Delete(package.Path);
        Assert.Single(Get(package).Layer.Entries);
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip")]
    [InlineData("xz")]
    [InlineData("tar")]
    public void Every_packing_is_read(string packing)
    {
        var tar = new PackageBuilder().File("/usr/local/bin/tiny", "x").Tar();
        if (packing == "xz")
        {
            ForeignTool.RequireAll("xz");
        }

        var package = packing switch
        {
            "zstd" => PackageBuilder.Zstandard(tar),
            "gzip" => PackageBuilder.Gzip(tar),
            "xz" => Bytes.Xz(tar),
            _ => tar,
        };
        Assert.Single(Get(new PackageBuilder().Resolved(directory, package)).Layer.Entries);
    }

    [Fact]
    public void A_digest_in_another_kind_than_the_store_has_is_compared_too()
    {
        // printf abc | b2sum
        var sum =
            "2$"
            + PackageSum.EncodeBase32(
                Convert.FromHexString(
                    "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                        + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923"
                )
            );
        Assert.Single(
            Get(new PackageBuilder().File("/a", "abc", sum).Resolved(directory)).Layer.Entries
        );
        using var other = new TestDirectory();
        var wrong = new PackageBuilder().File("/a", "abd", sum).Resolved(other);
        Assert.Throws<SourceException>(() =>
            new PackageStore(other.Cache).Get(wrong, token: TestContext.Current.CancellationToken)
        );
    }

    public static TheoryData<string, PackageBuilder> Hostile()
    {
        var cases = new TheoryData<string, PackageBuilder>();
        void Add(string reason, Action<TarBuilder> content)
        {
            var builder = new PackageBuilder().File("/usr/local/bin/tiny", "x");
            content(builder.Content);
            cases.Add(reason, builder);
        }

        Add("leads upwards", tar => tar.File("/usr/local/../../etc/passwd"));
        Add("leads upwards", tar => tar.File("../etc/passwd"));
        Add(
            "leads through usr/local/lnk",
            tar => tar.Symlink("/usr/local/lnk", "/etc").File("/usr/local/lnk/passwd")
        );
        Add("it is a device", tar => tar.Entry('3', "/dev/mem"));
        Add("it is a device", tar => tar.Entry('4', "/dev/ada0"));
        Add("named pipe", tar => tar.Entry('6', "/tmp/pipe"));
        Add("in the archive twice", tar => tar.File("/usr/local/bin/tiny"));
        Add("in the archive twice", tar => tar.File("//usr/./local/bin/tiny"));
        Add("more than 255 bytes", tar => tar.Pax(("path", "/" + new string('n', 256))).File("x"));
        Add(
            "longer than 1023 bytes",
            tar => tar.Pax(("path", string.Concat(Enumerable.Repeat("/dir", 300)))).File("x")
        );
        Add("no earlier file", tar => tar.Hardlink("/usr/local/bin/hard", "/etc/master.passwd"));
        Add(
            "leads upwards",
            tar => tar.Hardlink("/usr/local/bin/hard", "/usr/../etc/master.passwd")
        );
        Add("before all its content", tar => tar.File("+INSTALL"));
        Add("taken for a document", tar => tar.File("/+MANIFEST"));
        Add("taken for a document", tar => tar.File("/./+MANIFEST"));
        Add("its manifest does not", tar => tar.File("/usr/local/bin/more"));
        Add("its manifest does not", tar => tar.Symlink("/usr/local/bin/more", "tiny"));
        return cases;
    }

    [Theory]
    [MemberData(nameof(Hostile), DisableDiscoveryEnumeration = true)]
    public void A_hostile_package_is_refused_and_leaves_nothing(
        string reason,
        PackageBuilder builder
    )
    {
        Refuse(reason, SourceFailure.Malformed, builder.Resolved(directory));
    }

    [Fact]
    public void A_manifest_and_files_that_disagree_are_refused()
    {
        Refuse(
            "/usr/local/bin/absent: its manifest has this file, its archive does not",
            SourceFailure.Malformed,
            new PackageBuilder().Listed("/usr/local/bin/absent", "-").Resolved(directory)
        );
        Refuse(
            "/a: its content does not have the digest",
            SourceFailure.Malformed,
            new PackageBuilder()
                .File("/a", "x", "1$" + Bytes.Sha256(Bytes.Of("y")))
                .Resolved(directory)
        );
        Refuse(
            "no digest of a kind",
            SourceFailure.Malformed,
            new PackageBuilder().File("/a", "x", "9$abc").Resolved(directory)
        );
    }

    [Theory]
    [InlineData("name", "other")]
    [InlineData("version", "1.1")]
    [InlineData("origin", "misc/other")]
    [InlineData("abi", "FreeBSD:15:aarch64")]
    public void A_package_that_is_another_one_than_its_repository_says_is_refused(
        string key,
        string value
    )
    {
        var builder = new PackageBuilder().File("/a", "x");
        builder.Manifest[key] = value;
        Refuse($"the {key} ", SourceFailure.Malformed, builder.Resolved(directory));
    }

    [Fact]
    public void One_flipped_bit_is_noticed_before_anything_is_decoded()
    {
        var package = new PackageBuilder().File("/a", "x").Resolved(directory);
        File.WriteAllBytes(package.Path, Bytes.Flip(File.ReadAllBytes(package.Path), 300));
        Refuse("is not the file it has to be", SourceFailure.Mismatch, package);
    }

    [Fact]
    public void A_package_without_a_manifest_and_one_that_is_cut_off_are_refused()
    {
        Refuse(
            "it has no +MANIFEST",
            SourceFailure.Malformed,
            new PackageBuilder().Resolved(
                directory,
                PackageBuilder.Zstandard(new TarBuilder().File("/a").Build())
            )
        );
        var whole = new PackageBuilder().File("/a", new string('x', 100_000)).Build();
        Refuse(
            "damaged",
            SourceFailure.Malformed,
            new PackageBuilder().Resolved(directory, whole[..(whole.Length / 2)])
        );
        Refuse(
            "truncated",
            SourceFailure.Malformed,
            new PackageBuilder().Resolved(
                directory,
                PackageBuilder.Zstandard(new PackageBuilder().File("/a", "x").Tar()[..^1024])
            )
        );
    }

    [Fact]
    public void A_bomb_is_stopped_at_the_limit()
    {
        var bomb = PackageBuilder.Zstandard(
            new TarBuilder().File("+MANIFEST").File("/zeros", new byte[8 << 20]).Build()
        );
        Assert.True(bomb.Length < 10_000);
        Refuse(
            "unpacks to more than the 1048576 bytes",
            SourceFailure.Malformed,
            new PackageBuilder().Resolved(directory, bomb),
            new LayerStoreOptions { MaximumPackageBytes = 1 << 20 }
        );
    }

    [Fact]
    public void A_manifest_of_any_size_is_not_read_into_memory()
    {
        var manifest = new byte[(64 << 20) + 1];
        manifest.AsSpan().Fill((byte)' ');
        var tar = new TarBuilder().File("+MANIFEST", manifest).Build();
        Refuse(
            "its manifest of 67108865 bytes is larger than the 67108864",
            SourceFailure.Malformed,
            new PackageBuilder().Resolved(directory, PackageBuilder.Zstandard(tar))
        );
    }

    /// <summary>Seeded and bounded: packages of the real pkg with a few bytes changed, packed and unpacked.</summary>
    [Fact]
    public void A_spoiled_package_is_read_or_refused_and_nothing_else()
    {
        var random = new Random(14);
        var packed = File.ReadAllBytes(PackageFixtures.File("packages/tiny-1.0_1,1.pkg"));
        var plain = RepositoryArchives.Unpack(PackageFixtures.File("packages/tiny-1.0_1,1.pkg"));
        var refused = 0;
        for (var round = 0; round < 300; round++)
        {
            var spoiled = (byte[])(round % 3 == 0 ? packed : plain).Clone();
            for (var count = random.Next(1, 4); count > 0; count--)
            {
                spoiled[random.Next(spoiled.Length)] = (byte)random.Next(256);
            }

            try
            {
                Get(PackageBuilder.Resolved(directory, "tiny", "1.0_1,1", spoiled));
            }
            catch (SourceException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 150, 300);
    }

    private void Refuse(
        string reason,
        SourceFailure failure,
        ResolvedPackage package,
        LayerStoreOptions? options = null
    )
    {
        var refusal = Assert.Throws<SourceException>(() => Get(package, options));
        Assert.Equal(failure, refusal.Failure);
        Assert.Contains(reason, refusal.Message);
        Assert.Contains("tiny-1.0.pkg", refusal.Message);
        Assert.Empty(directory.Files("cache/store"));
    }

    private PackageLayer Get(ResolvedPackage package, LayerStoreOptions? options = null) =>
        new PackageStore(directory.Cache, options).Get(
            package,
            token: TestContext.Current.CancellationToken
        );
}
