using Appliance.Verify.Qemu;

namespace Appliance.Verify.Tests.Qemu;

public class QemuArgumentsTests
{
    private static readonly MachineDescription Machine = new()
    {
        Name = "a, b",
        Disks = [new("/tmp/a,b.qcow2", "qcow2")],
        Cards =
        [
            new(MacAddresses.For("x", 0), new RestrictedNetwork()),
            new(MacAddresses.For("x", 1), new TapDevice("tap7")),
            new(MacAddresses.For("x", 2), new DatagramCable(4001, 4002)),
            new(MacAddresses.For("x", 3), new Unplugged()),
        ],
    };

    [Theory]
    [InlineData("vtnet", "virtio-net-pci")]
    [InlineData("em", "e1000")]
    [InlineData("re", "rtl8139")]
    [InlineData("vmx", "vmxnet3")]
    public void A_card_is_one_that_its_driver_attaches_to(string driver, string device)
    {
        var machine = Machine with
        {
            Cards = [new("52:54:00:00:00:01", new TapDevice("tap7")) { Driver = driver }],
        };

        Assert.Contains(
            QemuArguments.For(machine, new("/c", "/m")),
            argument =>
                argument.StartsWith(device + ",mac=52:54:00:00:00:01", StringComparison.Ordinal)
        );
        Assert.True(NetworkCard.Has(driver));
        Assert.False(NetworkCard.Has("mlx5"));
    }

    [Fact]
    public void A_bios_machine_is_a_pc_without_flash()
    {
        var arguments = QemuArguments.For(Machine, new("/c", "/m"));
        Assert.Contains("pc,graphics=off", arguments);
        Assert.DoesNotContain(
            arguments,
            argument => argument.Contains("pflash", StringComparison.Ordinal)
        );
        Assert.Contains("-no-reboot", arguments);
    }

    [Fact]
    public void Commas_in_values_are_doubled()
    {
        var arguments = QemuArguments.For(Machine, new("/c", "/m"));
        Assert.Contains("a,, b", arguments);
        Assert.Contains(
            arguments,
            argument => argument.EndsWith("file=/tmp/a,,b.qcow2", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Every_card_has_its_own_address_and_backend()
    {
        var arguments = QemuArguments.For(Machine, new("/c", "/m"));
        Assert.Contains("user,restrict=on,id=net0", arguments);
        Assert.Contains("tap,ifname=tap7,script=no,downscript=no,id=net1", arguments);
        Assert.Contains("socket,udp=127.0.0.1:4002,localaddr=127.0.0.1:4001,id=net2", arguments);
        Assert.DoesNotContain(
            arguments,
            argument => argument.Contains("net3", StringComparison.Ordinal)
        );
        Assert.Equal(
            4,
            arguments.Count(argument =>
                argument.StartsWith("virtio-net-pci,mac=52:54:00:", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public void By_hand_nothing_is_written_to_the_image_or_to_the_variables()
    {
        var machine = Machine with
        {
            Type = MachineType.Q35,
            Uefi = new("/usr/share/OVMF/CODE.fd", "/usr/share/OVMF/VARS.fd"),
        };
        var command = QemuArguments.ByHand(machine);
        Assert.StartsWith("qemu-system-x86_64 -name 'a,, b' ", command, StringComparison.Ordinal);
        Assert.EndsWith("-serial mon:stdio", command, StringComparison.Ordinal);
        Assert.Contains(
            "file=/usr/share/OVMF/VARS.fd,snapshot=on",
            command,
            StringComparison.Ordinal
        );
        Assert.Contains("file=/tmp/a,,b.qcow2,snapshot=on", command, StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_are_the_same_every_time_and_differ_between_cards_and_machines()
    {
        Assert.Equal(MacAddresses.For("x", 1), MacAddresses.For("x", 1));
        Assert.NotEqual(MacAddresses.For("x", 1), MacAddresses.For("x", 2));
        Assert.NotEqual(MacAddresses.For("x", 1), MacAddresses.For("y", 1));
        Assert.Matches("^52:54:00(:[0-9a-f]{2}){3}$", MacAddresses.For("x", 255));
        Assert.Throws<ArgumentOutOfRangeException>(() => MacAddresses.For("x", 256));
    }
}
