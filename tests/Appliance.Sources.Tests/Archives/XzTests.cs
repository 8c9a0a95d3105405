using Appliance.Sources.Archives;
using Appliance.Sources.Archives.Xz;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Archives;

public sealed class XzTests : IDisposable
{
    private const long Enough = 1L << 30;
    private readonly TestDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("--check=crc64", "-T1")]
    [InlineData("--check=crc32", "-T1")]
    [InlineData("--check=sha256", "-T1")]
    [InlineData("--check=none", "-T1")]
    [InlineData("--check=crc64", "-T2", "--block-size=65536")]
    [InlineData("--check=sha256", "-T1", "--block-size=10000")]
    [InlineData("--lzma2=dict=4KiB", "-T2", "--block-size=100001")]
    public void What_xz_packs_comes_out_the_same(params string[] options)
    {
        ForeignTool.RequireAll("xz");
        var content = Bytes.Compressible(1, 500_000);
        Assert.Equal(content, Unpack(Bytes.Xz(content, options)));
    }

    [Fact]
    public void Threads_make_blocks_and_blocks_are_decoded_apart()
    {
        ForeignTool.RequireAll("xz");
        var packed = Bytes.Xz(Bytes.Compressible(2, 300_000), "-T2", "--block-size=65536");
        Assert.Equal(5, Layout(packed).Blocks.Count);
        Assert.Single(Layout(Bytes.Xz(Bytes.Compressible(2, 300_000), "-T1")).Blocks);
    }

    [Fact]
    public void Streams_behind_each_other_padding_and_nothing_at_all_are_read()
    {
        ForeignTool.RequireAll("xz");
        var (one, two) = (Bytes.Random(3, 70_000), Bytes.Random(4, 3));
        var empty = Bytes.Xz([]);
        byte[] packed =
        [
            .. Bytes.Xz(one),
            .. new byte[8],
            .. empty,
            .. Bytes.Xz(two),
            .. new byte[4],
        ];
        Assert.Equal([.. one, .. two], Unpack(packed));
        Assert.Empty(Unpack(empty));
    }

    [Theory]
    [InlineData("--lzma1", "--format=lzma")]
    [InlineData("--x86", "--lzma2")]
    [InlineData("--delta", "--lzma2")]
    public void Other_filters_are_refused_by_name(params string[] options)
    {
        ForeignTool.RequireAll("xz");
        var packed = Bytes.Xz(Bytes.Compressible(5, 9000), options);
        var exception = Assert.Throws<ArchiveException>(() => Unpack(packed));
        Assert.Contains("xz", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_unpacks_to_too_much_is_refused_before_it_is_unpacked()
    {
        ForeignTool.RequireAll("xz");
        var bomb = Bytes.Xz(new byte[10_000_000]);
        Assert.InRange(bomb.Length, 1, 20_000);
        var exception = Assert.Throws<ArchiveException>(() => Layout(bomb, maximum: 9_999_999));
        Assert.Contains("9999999", exception.Message, StringComparison.Ordinal);
        Assert.Equal(10_000_000, Layout(bomb, maximum: 10_000_000).UncompressedSize);
    }

    /// <summary>A few bits carry nothing, such as the first byte of the range coder; no flip may change the content.</summary>
    [Fact]
    public void No_single_flipped_bit_changes_the_content_unnoticed()
    {
        ForeignTool.RequireAll("xz");
        var content = Bytes.Compressible(6, 400);
        var packed = Bytes.Xz(content, "--block-size=150");
        var refused = 0;
        for (var bit = 0; bit < packed.Length * 8; bit++)
        {
            var damaged = Bytes.Flip(packed, bit);
            var isRefused = Refuses(damaged);
            refused += isRefused ? 1 : 0;
            Assert.True(isRefused || Unpack(damaged).AsSpan().SequenceEqual(content), $"bit {bit}");
        }

        Assert.InRange(refused, packed.Length * 8 * 99 / 100, packed.Length * 8);
    }

    [Fact]
    public void Every_truncation_is_noticed()
    {
        ForeignTool.RequireAll("xz");
        var packed = Bytes.Xz(Bytes.Compressible(7, 3000), "--block-size=1000");
        for (var length = 0; length < packed.Length; length++)
        {
            Assert.True(Refuses(packed[..length]), $"{length} of {packed.Length} bytes");
        }
    }

    [Fact]
    public void Random_damage_ends_in_a_refusal_or_the_right_content()
    {
        ForeignTool.RequireAll("xz");
        var random = new Random(8);
        var content = Bytes.Compressible(8, 60_000);
        var packed = Bytes.Xz(content, "--block-size=20000");
        for (var round = 0; round < 150; round++)
        {
            var damaged = (byte[])packed.Clone();
            for (var change = random.Next(1, 9); change > 0; change--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            var at = random.Next(damaged.Length);
            damaged =
                random.Next(3) == 0
                    ? [.. damaged[..at], .. damaged[random.Next(at + 1)..]]
                    : damaged;
            Assert.True(Refuses(damaged) || Unpack(damaged).AsSpan().SequenceEqual(content));
        }
    }

    [Fact]
    public void A_cancelled_unpacking_stops()
    {
        ForeignTool.RequireAll("xz");
        using var cancel = new CancellationTokenSource();
        var packed = Bytes.Xz(Bytes.Compressible(9, 2_000_000), "--block-size=500000");
        Assert.ThrowsAny<OperationCanceledException>(() =>
            UnpackUnder(packed, _ => cancel.Cancel(), cancel.Token)
        );
    }

    private bool Refuses(byte[] packed)
    {
        try
        {
            _ = Unpack(packed);
            return false;
        }
        catch (ArchiveException)
        {
            return true;
        }
    }

    private XzLayout Layout(byte[] packed, long maximum = Enough)
    {
        using var input = File.OpenHandle(directory.Write("a.xz", packed));
        return XzContainer.Read(input, packed.Length, maximum);
    }

    private byte[] Unpack(byte[] packed) =>
        UnpackUnder(packed, _ => { }, TestContext.Current.CancellationToken);

    private byte[] UnpackUnder(byte[] packed, Action<long> progress, CancellationToken token)
    {
        using var input = File.OpenHandle(directory.Write("a.xz", packed));
        var layout = XzContainer.Read(input, packed.Length, Enough);
        using var output = File.OpenHandle(
            directory.File("a"),
            FileMode.Create,
            FileAccess.ReadWrite
        );
        XzUnpacker.Unpack(input, layout, output, 2, Enough, progress, token);
        var content = new byte[RandomAccess.GetLength(output)];
        Assert.Equal(layout.UncompressedSize, content.Length);
        _ = RandomAccess.Read(output, content, 0);
        return content;
    }
}
