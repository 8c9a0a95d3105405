using System.Buffers.Binary;
using Appliance.Verify.FileSystems;
using Appliance.Verify.Tests.Guests;

namespace Appliance.Verify.Tests.FileSystems;

public class Ufs2StateTests
{
    [Fact]
    public void A_clean_file_system_has_no_trouble()
    {
        var state = Ufs2State.Read(GuestDisk.Superblock());
        Assert.NotNull(state);
        Assert.Null(state.Trouble);
    }

    /// <summary>Offsets: offsetof() over struct fs of FreeBSD 15.0, amd64.</summary>
    [Theory]
    [InlineData(209, 0, "was not unmounted")]
    [InlineData(1312, 0x203, "not clean")]
    [InlineData(1312, 0x206, "fsck")]
    [InlineData(1104, 3, "3 blocks")]
    [InlineData(1112, 2, "2 inodes")]
    public void Each_sign_of_an_unclean_end_is_noticed(int offset, int value, string trouble)
    {
        var superblock = GuestDisk.Superblock();
        if (offset == 209)
        {
            superblock[offset] = (byte)value;
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(superblock.AsSpan(offset), value);
        }

        Assert.Contains(trouble, Ufs2State.Read(superblock)?.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_superblock_is_none()
    {
        var superblock = GuestDisk.Superblock();
        superblock[1373] ^= 1;
        Assert.Null(Ufs2State.Read(superblock));
        Assert.Null(Ufs2State.Read(GuestDisk.Superblock().AsSpan(0, 1000)));
    }
}
