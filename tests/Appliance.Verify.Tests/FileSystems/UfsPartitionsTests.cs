using Appliance.Verify.FileSystems;

namespace Appliance.Verify.Tests.FileSystems;

public sealed class UfsPartitionsTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Partitions_are_found_in_a_table_that_sgdisk_wrote()
    {
        Need.Tools(Need.Sgdisk);
        var disk = folder.Write("disk", new byte[8 << 20]);
        await Need.Processes.RunAsync(
            new(
                Need.Sgdisk,
                "-n",
                "1:2048:4095",
                "-t",
                "1:a501",
                "-n",
                "2:4096:8191",
                "-t",
                "2:a503",
                "-c",
                "2:rootfs-a",
                "-n",
                "5:8192:12287",
                "-t",
                "5:a503",
                "-n",
                "6:12288:14335",
                "-t",
                "6:8300",
                disk
            ),
            Need.Token
        );
        var table = (await File.ReadAllBytesAsync(disk, Need.Token)).AsSpan(
            0,
            UfsPartitions.TableLength
        );
        Assert.Equal(
            [new UfsPartition("rootfs-a", 4096 * 512), new UfsPartition("partition 5", 8192 * 512)],
            UfsPartitions.Find(table)
        );
    }

    [Fact]
    public void A_disk_without_a_table_has_none()
    {
        Assert.Empty(UfsPartitions.Find(new byte[UfsPartitions.TableLength]));
    }
}
