using System.Collections.Concurrent;
using Appliance.Sources.Sets;
using Appliance.Sources.Store;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Store;

public sealed class LayerStoreTests : IDisposable
{
    private readonly TestDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("pax", "-T2", "--block-size=300000")]
    [InlineData("pax", "-T1", "--check=sha256")]
    [InlineData("gnutar", "-T2", "--block-size=300000")]
    public void A_layer_is_what_bsdtar_finds_in_the_set(string format, params string[] xz)
    {
        ForeignTool.RequireAll("bsdtar", "xz", "ln");
        var tar = new SampleTree(directory).Tar(format);
        var layer = Get(Bytes.Set(directory, Bytes.Xz(tar, xz)));
        LayerComparison.AssertEqual(directory.Write("a.tar", tar), layer);
        if (format == "pax")
        {
            var su = layer.Entries.Single(entry => entry.Path == "usr/bin/su");
            Assert.Equal((0x96D, 0x0002_0800u), (su.Mode, su.Flags));
            Assert.Equal(1_700_000_000_123_456_789, su.ModifiedNanoseconds);
        }
    }

    [Fact]
    public void Content_is_read_at_any_place_and_not_beyond_the_file()
    {
        ForeignTool.RequireAll("xz");
        var content = Bytes.Random(31, 600_000);
        var layer = Get(Small("a", content, "b", Bytes.Of("other")));
        using var payload = layer.Open();
        var buffer = new byte[1000];
        var (a, b) = (layer.Entries[0], layer.Entries[1]);
        Assert.Equal(1000, payload.Read(a, 5000, buffer));
        Assert.Equal(content[5000..6000], buffer);
        Assert.Equal(7, payload.Read(a, content.Length - 7, buffer));
        Assert.Equal(0, payload.Read(a, content.Length + 1, buffer));
        Assert.Equal(5, payload.Read(b, 0, buffer));
        payload.Verify(a);
        var exception = Assert.Throws<SourceException>(() =>
            payload.Verify(b with { Sha256 = a.Sha256 })
        );
        Assert.Contains("the content of b is damaged", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_second_time_the_set_itself_is_not_read()
    {
        ForeignTool.RequireAll("xz");
        var set = Small("a", Bytes.Of("content"));
        Assert.False(new LayerStore(directory.Cache).Has(set));
        var first = Get(set);
        Assert.True(new LayerStore(directory.Cache).Has(set));
        File.Delete(set.Path);
        var stages = new ConcurrentBag<SourceStage>();
        var second = new LayerStore(directory.Cache).Get(
            set,
            new Progress(step => stages.Add(step.Stage)),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(first.Entries.Count, second.Entries.Count);
        Assert.Empty(stages);
    }

    [Fact]
    public void Progress_goes_from_verifying_to_decoding_and_reaches_the_end()
    {
        ForeignTool.RequireAll("xz");
        var steps = new ConcurrentQueue<SourceProgress>();
        var set = Small("a", Bytes.Compressible(32, 700_000));
        new LayerStore(directory.Cache).Get(
            set,
            new Progress(steps.Enqueue),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(
            [SourceStage.Verify, SourceStage.Decode],
            steps.Select(step => step.Stage).Distinct()
        );
        Assert.Equal(steps.Last().Total, steps.Last().Bytes);
        Assert.Equal(
            steps.Select(step => step.Bytes).Skip(1).Order(),
            steps.Select(step => step.Bytes).Skip(1)
        );
    }

    [Fact]
    public void A_set_with_one_flipped_bit_is_refused_before_it_is_decoded()
    {
        ForeignTool.RequireAll("xz");
        var set = Small("a", Bytes.Of("content"));
        var bad = Bytes.Flip(File.ReadAllBytes(set.Path), 555);
        File.WriteAllBytes(set.Path, bad);
        var exception = Assert.Throws<SourceException>(() => Get(set));
        Assert.Equal(SourceFailure.Mismatch, exception.Failure);
        Assert.Contains(set.Path, exception.Message, StringComparison.Ordinal);
        Assert.Contains(
            "expected sha256 " + set.Sha256,
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "found    sha256 " + Bytes.Sha256(bad),
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.Empty(directory.Files("cache/store"));
        Assert.True(File.Exists(set.Path));
    }

    [Fact]
    public void A_longer_a_shorter_and_a_missing_set_are_refused()
    {
        ForeignTool.RequireAll("xz");
        var set = Small("a", Bytes.Of("content"));
        var good = File.ReadAllBytes(set.Path);
        File.WriteAllBytes(set.Path, [.. good, 0]);
        Assert.Contains(
            $"found    {good.Length + 1} bytes",
            Refusal(set, SourceFailure.Mismatch),
            StringComparison.Ordinal
        );
        File.WriteAllBytes(set.Path, good[..^1]);
        Assert.Contains(
            $"found    {good.Length - 1} bytes",
            Refusal(set, SourceFailure.Mismatch),
            StringComparison.Ordinal
        );
        File.Delete(set.Path);
        Assert.Contains(
            "no such file",
            Refusal(set, SourceFailure.Missing),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_set_with_the_right_digest_that_is_no_archive_is_named()
    {
        ForeignTool.RequireAll("xz");
        var page = Bytes.Set(
            directory,
            Bytes.Of("<html>this is no set</html>, and that is long enough")
        );
        Assert.Contains(
            "base.txz: it does not end like an .xz",
            Refusal(page, SourceFailure.Malformed),
            StringComparison.Ordinal
        );
        var noTar = Bytes.Set(directory, Bytes.Xz(Bytes.Random(33, 2000)));
        Assert.Contains(
            "base.txz: the header at byte 0",
            Refusal(noTar, SourceFailure.Malformed),
            StringComparison.Ordinal
        );
        var escaping = Bytes.Set(
            directory,
            Bytes.Xz(new TarBuilder().File("../../etc/passwd").Build())
        );
        Assert.Contains(
            "../../etc/passwd: its path leads upwards",
            Refusal(escaping, SourceFailure.Malformed),
            StringComparison.Ordinal
        );
        Assert.Empty(directory.Files("cache/store"));
    }

    [Fact]
    public void A_bomb_is_refused_by_the_limit()
    {
        ForeignTool.RequireAll("xz");
        var set = Small("zeros", new byte[20_000_000]);
        Assert.InRange(set.Size!.Value, 1, 40_000);
        var small = new LayerStoreOptions { MaximumUnpackedBytes = 20_000_000 };
        var exception = Assert.Throws<SourceException>(() => Get(set, small));
        Assert.Contains("20000000", exception.Message, StringComparison.Ordinal);
        Assert.Equal(20_000_000, Get(set).Entries[0].Length);
    }

    private string Refusal(ResolvedSet set, SourceFailure failure)
    {
        var exception = Assert.Throws<SourceException>(() => Get(set));
        Assert.Equal(failure, exception.Failure);
        return exception.Message;
    }

    private ResolvedSet Small(
        string name,
        byte[] content,
        string? second = null,
        byte[]? more = null
    )
    {
        var builder = new TarBuilder().File(name, content);
        builder = second is null ? builder : builder.File(second, more);
        return Bytes.Set(directory, Bytes.Xz(builder.Build(), "--block-size=100000"));
    }

    private Layer Get(ResolvedSet set, LayerStoreOptions? options = null) =>
        new LayerStore(directory.Cache, options).Get(
            set,
            token: TestContext.Current.CancellationToken
        );
}
