using Appliance.Sources.Archives.Checksums;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Archives;

public class ChecksumTests
{
    /// <summary>The check values of the catalogue of parametrised CRC algorithms: CRC-32/ISO-HDLC and CRC-64/XZ.</summary>
    [Fact]
    public void The_catalogue_s_check_values_come_out()
    {
        Assert.Equal(0xCBF43926u, Crc32.Compute("123456789"u8));
        Assert.Equal(0x995DC9BBDF1939FAul, Crc64.Append(0, "123456789"u8));
    }

    [Fact]
    public void Pieces_of_any_length_give_the_sum_of_the_whole()
    {
        var data = Bytes.Random(3, 1000);
        for (var cut = 0; cut < 40; cut++)
        {
            Assert.Equal(
                Crc32.Compute(data),
                Crc32.Append(Crc32.Compute(data.AsSpan(0, cut)), data.AsSpan(cut))
            );
            Assert.Equal(
                Crc64.Append(0, data),
                Crc64.Append(Crc64.Append(0, data.AsSpan(0, cut)), data.AsSpan(cut))
            );
        }

        Assert.NotEqual(Crc64.Append(0, data), Crc64.Append(0, Bytes.Flip(data, 4321)));
        Assert.NotEqual(Crc32.Compute(data), Crc32.Compute(Bytes.Flip(data, 4321)));
    }
}
