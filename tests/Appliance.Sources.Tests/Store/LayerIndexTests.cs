using System.Security.Cryptography;
using Appliance.Sources.Archives;
using Appliance.Sources.Store;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Store;

public class LayerIndexTests
{
    private static readonly LayerEntry File = new()
    {
        Path = "usr/bin/ä",
        Kind = LayerEntryKind.File,
        Mode = 0xFFF,
        Uid = 4_000_000,
        Gid = 7,
        UserName = "root",
        GroupName = "wheel",
        Flags = 0x0002_0800,
        ModifiedNanoseconds = -1_700_000_000_123_456_789,
        LinkTarget = "",
        PayloadOffset = 4096,
        Length = 100,
        Sha256 = SHA256.HashData("x"u8),
    };

    private static readonly LayerIndex Sample = new(
        new string('a', 64),
        5000,
        638_000_000_000_000_001,
        [
            File,
            File with
            {
                Path = "link",
                Kind = LayerEntryKind.SymbolicLink,
                LinkTarget = "usr/bin/ä",
                PayloadOffset = 0,
                Length = 0,
                Sha256 = default,
            },
        ]
    );

    [Fact]
    public void What_is_written_is_read()
    {
        var read = LayerIndex.Parse(Sample.Format());
        Assert.Equal(Sample with { Entries = read.Entries }, read);
        Assert.Equal(File.Sha256.ToArray(), read.Entries[0].Sha256.ToArray());
        Assert.Equal(File, read.Entries[0] with { Sha256 = File.Sha256 });
        Assert.Equal(Sample.Entries[1], read.Entries[1]);
    }

    [Fact]
    public void Every_flipped_bit_and_every_truncation_is_noticed()
    {
        var bytes = Sample.Format();
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            Assert.Throws<ArchiveException>(() => LayerIndex.Parse(Bytes.Flip(bytes, bit)));
        }

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<ArchiveException>(() => LayerIndex.Parse(bytes.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Damage_behind_a_right_checksum_ends_in_entries_or_a_refusal_and_nothing_else()
    {
        var random = new Random(12);
        var body = Sample.Format()[..^32];
        var refused = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var damaged = (byte[])body.Clone();
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                var read = LayerIndex.Parse([.. damaged, .. SHA256.HashData(damaged)]);
                Assert.All(
                    read.Entries,
                    entry =>
                        Assert.InRange(entry.PayloadOffset + entry.Length, 0, read.PayloadLength)
                );
            }
            catch (ArchiveException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1000, 19_999);
    }
}
