using System.Text;
using Appliance.FirstBoot.Media;
using Appliance.FirstBoot.Tests.Fakes;

namespace Appliance.FirstBoot.Tests.Media;

public sealed class MediumTests : IDisposable
{
    private const int Limit = 1 << 20;
    private const string Large = "0123456789abcdef";

    private readonly SeedMaker maker = new();

    private static readonly (string, string)[] Files =
    [
        ("meta-data", "instance-id: i-1\n"),
        ("user-data", string.Concat(Enumerable.Repeat(Large, 20000))),
        ("a rather long name that needs many pieces.yaml", "long\n"),
        ("openstack/latest/meta_data.json", "{\"uuid\": \"u\"}"),
    ];

    public void Dispose() => maker.Dispose();

    [Theory]
    [InlineData(12, 2880)]
    [InlineData(16, 20000)]
    [InlineData(32, 70000)]
    public void A_FAT_file_system_of_mkfs_and_mtools_is_read(int bits, int kibibytes)
    {
        AssertReads(Open(maker.Fat(bits, "CIDATA", kibibytes, Files)), "CIDATA");
    }

    [Theory]
    [InlineData("-joliet", "-rock")]
    [InlineData("-joliet")]
    [InlineData("-rock")]
    public void An_ISO_9660_file_system_of_xorriso_is_read(params string[] names)
    {
        AssertReads(Open(maker.Iso("cidata", names, Files)), "cidata");
    }

    [Fact]
    public void An_ISO_9660_file_system_without_long_names_is_read_by_its_short_ones()
    {
        var medium = Open(maker.Iso("CIDATA", [], ("meta-data", "x"), ("user-data", "y")))!;
        Assert.Equal("x", Text(medium, "meta-data"));
        Assert.Equal("y", Text(medium, "user-data"));
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused()
    {
        var medium = Open(maker.Fat(0, "CIDATA", 8192, ("user-data", new string('x', 5000))))!;
        var error = Assert.Throws<MediumException>(() => medium.Read("user-data", 4999));
        Assert.Equal("user-data is larger than 4999 bytes", error.Message);
    }

    [Fact]
    public void Anything_else_is_no_medium()
    {
        Assert.Null(Open([]));
        Assert.Null(Open(new byte[100]));
        Assert.Null(Open(new byte[1 << 20]));
        Assert.Null(Open(Encoding.ASCII.GetBytes(new string('x', 1 << 17))));
    }

    [Fact]
    public void A_chain_of_clusters_that_bites_its_tail_ends_at_the_size_of_the_file()
    {
        var image = maker.Fat(16, "CIDATA", 20000, Files);
        // FAT16: two tables after the reserved sectors; every entry leads to itself.
        var reserved = image[14] | (image[15] << 8);
        var sectors = image[22] | (image[23] << 8);
        for (var cluster = 2; cluster < 1000; cluster++)
        {
            var at = (reserved * 512) + (cluster * 2);
            (image[at], image[at + 1]) = ((byte)cluster, (byte)(cluster >> 8));
        }

        Assert.True(sectors > 4);
        var content = Open(image)!.Read("user-data", Limit)!;
        Assert.Equal(Large.Length * 20000, content.Length);
    }

    [Fact]
    public void A_chain_that_ends_too_early_is_said_to()
    {
        var image = maker.Fat(16, "CIDATA", 20000, Files);
        var reserved = image[14] | (image[15] << 8);
        image.AsSpan((reserved * 512) + 4, 4000).Clear();
        var error = Assert.Throws<MediumException>(() => Open(image)!.Read("user-data", Limit));
        Assert.Contains("shorter than the file", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Damage_anywhere_ends_in_a_result_or_a_reason(bool iso)
    {
        var sound = iso
            ? maker.Iso("cidata", ["-joliet", "-rock"], Files)
            : maker.Fat(12, "CIDATA", 1440, Files);
        var random = new Random(20261122);
        var refused = 0;
        for (var round = 0; round < 3000; round++)
        {
            var image = sound[..(round % 10 == 0 ? random.Next(sound.Length) : sound.Length)];
            for (var count = random.Next(1, 40); count > 0 && image.Length > 0; count--)
            {
                // Where the structures are, rather than in the contents.
                var place = iso ? 32768 + random.Next(24 * 2048) : random.Next(20 * 512);
                image[place % image.Length] = (byte)random.Next(256);
            }

            refused += Refused(image);
        }

        Assert.InRange(refused, 10, 2990);
    }

    [Fact]
    public void A_sector_that_cannot_be_read_is_an_error_of_its_place()
    {
        var image = maker.Fat(12, "CIDATA", 1440, Files);
        Assert.Throws<IOException>(() =>
            MediumReader.Open(new MemoryDisk(image, badSector: 3))!.Read("meta-data", 10)
        );
    }

    private static int Refused(byte[] image)
    {
        try
        {
            var medium = Open(image);
            foreach (var (path, _) in Files)
            {
                _ = medium?.Read(path, Limit);
            }

            return medium is null ? 1 : 0;
        }
        catch (MediumException)
        {
            return 1;
        }
    }

    private static void AssertReads(IMedium? medium, string label)
    {
        Assert.NotNull(medium);
        Assert.Equal(label, medium.Label);
        foreach (var (path, content) in Files)
        {
            Assert.Equal(content, Text(medium, path));
        }

        Assert.Equal(Files[0].Item2, Text(medium, "META-DATA"));
        Assert.Null(medium.Read("network-config", Limit));
        Assert.Null(medium.Read("openstack/2012-08-10/meta_data.json", Limit));
        Assert.Null(medium.Read("openstack", Limit));
    }

    private static string Text(IMedium medium, string path) =>
        Encoding.UTF8.GetString(medium.Read(path, Limit) ?? []);

    /// <summary>Devices have whole sectors.</summary>
    private static IMedium? Open(byte[] image) => MediumReader.Open(new MemoryDisk(image));
}
