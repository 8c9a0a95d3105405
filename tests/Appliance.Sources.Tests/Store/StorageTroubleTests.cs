using Appliance.Sources.Sets;
using Appliance.Sources.Store;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Store;

public sealed class StorageTroubleTests : IDisposable
{
    private readonly TestDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_disk_without_room_is_noticed_before_the_work()
    {
        ForeignTool.RequireAll("xz");
        var set = Set(new byte[3_000_000]);
        using var disk = SmallDisk.Mount(directory.Cache.Root, "2m");
        var exception = Assert.Throws<SourceException>(() => Get(set));
        Assert.Equal(SourceFailure.Storage, exception.Failure);
        Assert.Contains(
            "base.txz unpacks to 3001856 bytes",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.Empty(directory.Files("cache/store"));
    }

    /// <summary>The disk looks large enough for the archive, and a sparse file that is laid out behind it fills it.</summary>
    [Fact]
    public void A_disk_that_fills_up_on_the_way_leaves_nothing()
    {
        ForeignTool.RequireAll("xz");
        var full = new byte[512 + 1_200_000];
        Bytes.Of("1\n0\n1200000\n").CopyTo(full, 0);
        var archive = new TarBuilder()
            .Pax(
                ("GNU.sparse.major", "1"),
                ("GNU.sparse.minor", "0"),
                ("GNU.sparse.realsize", "1200000")
            )
            .File("full", full)
            .Build();
        var set = Bytes.Set(directory, Bytes.Xz(archive));
        using (SmallDisk.Mount(directory.Cache.Root, "2m"))
        {
            var exception = Assert.Throws<SourceException>(() => Get(set));
            Assert.Equal(SourceFailure.Storage, exception.Failure);
            Assert.Contains("the disk is full", exception.Message, StringComparison.Ordinal);
            Assert.Empty(directory.Files("cache/store"));
        }

        Assert.Equal(1_200_000, Assert.Single(Get(set).Entries).Length);
    }

    [Fact]
    public void A_read_only_cache_serves_what_it_has_and_says_what_it_cannot_take()
    {
        ForeignTool.RequireAll("xz");
        var set = Set(Bytes.Of("content"));
        using var disk = SmallDisk.Mount(directory.Cache.Root, "2m");
        _ = Get(set);
        disk.MakeReadOnly();
        Assert.Single(Get(set).Entries);
        var other = Bytes.Set(directory, Bytes.Xz(new TarBuilder().File("b").Build()), "other");
        var exception = Assert.Throws<SourceException>(() => Get(other));
        Assert.Equal(SourceFailure.Storage, exception.Failure);
        Assert.Contains(directory.Cache.Root, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cache_that_is_a_file_is_named()
    {
        ForeignTool.RequireAll("xz");
        var set = Set(Bytes.Of("content"));
        directory.Write("cache", Bytes.Of("in the way"));
        var exception = Assert.Throws<SourceException>(() => Get(set));
        Assert.Equal(SourceFailure.Storage, exception.Failure);
        Assert.Contains(directory.Cache.Root, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sparse_file_is_laid_out_with_zeros_in_its_holes()
    {
        ForeignTool.RequireAll("xz");
        var data = new byte[512 + 9];
        Bytes.Of("2\n3\n4\n20\n5\n").CopyTo(data, 0);
        Bytes.Of("abcdefghi").CopyTo(data, 512);
        var archive = new TarBuilder()
            .Pax(
                ("GNU.sparse.major", "1"),
                ("GNU.sparse.minor", "0"),
                ("GNU.sparse.realsize", "30")
            )
            .File("sparse", data)
            .Build();
        var layer = Get(Bytes.Set(directory, Bytes.Xz(archive)));
        var content = new byte[30];
        using var payload = layer.Open();
        Assert.Equal(30, payload.Read(Assert.Single(layer.Entries), 0, content));
        Assert.Equal(
            Bytes.Of("\0\0\0abcd" + new string('\0', 13) + "efghi" + new string('\0', 5)),
            content
        );
        Assert.Equal(Bytes.Sha256(content), Convert.ToHexStringLower(layer.Entries[0].Sha256.Span));
    }

    private ResolvedSet Set(byte[] content) =>
        Bytes.Set(directory, Bytes.Xz(new TarBuilder().File("a", content).Build()));

    private Layer Get(ResolvedSet set) =>
        new LayerStore(directory.Cache).Get(set, token: TestContext.Current.CancellationToken);
}
