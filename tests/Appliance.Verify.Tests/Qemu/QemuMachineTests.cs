using Appliance.Verify.Qemu;
using Appliance.Verify.Tests.Guests;

namespace Appliance.Verify.Tests.Qemu;

public sealed class QemuMachineTests : IDisposable
{
    private const int Offset = 700 * 512;

    private readonly TestFolder folder = new();

    public QemuMachineTests()
    {
        Need.Qemu();
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_a_guest_wrote_before_the_power_was_cut_is_on_its_disk()
    {
        var images = new QemuImg(Need.Processes);
        var image = folder.Write(
            "guest.raw",
            GuestDisk.Bios(new GuestScript().Poke(Offset, 42).Lines("written").Hang())
        );
        var overlay = folder.File("overlay.qcow2");
        await images.CreateOverlayAsync(image, overlay, Need.Token);
        await using (var machine = await StartAsync(overlay))
        {
            await WaitForAsync(machine, "written");
            await machine.CutPowerAsync(Need.Token);
            Assert.True(machine.Exited.IsCompleted);
        }

        var sector = await images.ReadAsync(
            overlay,
            Offset,
            512,
            folder.File("sector"),
            Need.Token
        );
        Assert.Equal(42, sector[0]);
        Assert.Equal(0, (await File.ReadAllBytesAsync(image, Need.Token))[Offset]);
    }

    [Fact]
    public async Task A_disk_that_is_missing_is_an_error_with_what_qemu_said()
    {
        var exception = await Assert.ThrowsAnyAsync<VerifyException>(() =>
            StartAsync(folder.File("none.qcow2"))
        );
        Assert.Equal(VerifyFault.ProcessFailed, exception.Fault);
        Assert.Contains("none.qcow2", exception.Message, StringComparison.Ordinal);
        Assert.Contains("No such file", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<QemuMachine> StartAsync(string disk) =>
        await QemuMachine.StartAsync(
            new()
            {
                Name = "machine",
                Memory = 64,
                Disks = [new(disk, "qcow2")],
            },
            Need.Processes,
            TextWriter.Null,
            TimeProvider.System,
            Need.Token
        );

    private static async Task WaitForAsync(QemuMachine machine, string text)
    {
        await foreach (var line in machine.Console.Events.ReadAllAsync(Need.Token))
        {
            if (line.Text == text)
            {
                return;
            }
        }

        Assert.Fail($"the machine never said {text}");
    }
}
