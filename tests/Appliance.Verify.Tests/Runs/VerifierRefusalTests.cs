using Appliance.Verify.Processes;
using Appliance.Verify.Qemu;
using Appliance.Verify.Runs;
using Appliance.Verify.Tests.Guests;

namespace Appliance.Verify.Tests.Runs;

/// <summary>Requests that cannot be carried out, and interruptions.</summary>
public sealed class VerifierRefusalTests : IDisposable
{
    private readonly GuestRun guest = new();

    public void Dispose() => guest.Dispose();

    [Fact]
    public async Task Without_qemu_the_packages_are_named()
    {
        var exception = await Assert.ThrowsAsync<MissingToolException>(() =>
            new Verifier(
                new HostTools(""),
                OvmfLocator.OfThisComputer(),
                TimeProvider.System
            ).RunAsync(guest.Request(GuestDisk.Bios()), progress: null, Need.Token)
        );
        Assert.Equal(Tools.Qemu, exception.Tool);
        guest.AssertNothingIsLeft();
    }

    [Fact]
    public async Task Without_ovmf_a_uefi_run_is_refused_before_anything_boots()
    {
        Need.Qemu();
        var verifier = new Verifier(
            HostTools.FromEnvironment(),
            new OvmfLocator(guest.Folder.Path),
            TimeProvider.System
        );
        await AssertRefusedAsync(
            VerifyFault.MissingFirmware,
            verifier,
            guest.Request(GuestDisk.Bios()) with
            {
                Firmwares = [FirmwareKind.Bios, FirmwareKind.Uefi],
            }
        );
    }

    [Fact]
    public async Task An_image_that_is_not_there_is_refused()
    {
        Need.Qemu();
        var request = guest.Request([]) with { ImagePath = guest.Folder.File("none.raw") };
        await AssertRefusedAsync(VerifyFault.ImageNotFound, Verifier.OfThisComputer(), request);
    }

    [Fact]
    public async Task A_damaged_image_is_refused()
    {
        Need.Qemu();
        var image = guest.Folder.Write("bad.qcow2", GuestDisk.Bios());
        await AssertRefusedAsync(
            VerifyFault.BadImage,
            Verifier.OfThisComputer(),
            guest.Request([]) with
            {
                ImagePath = image,
            }
        );
    }

    [Fact]
    public async Task An_accelerator_that_was_asked_for_and_does_not_work_is_refused()
    {
        Need.Qemu();
        var foreign = OperatingSystem.IsMacOS() ? Accelerator.Kvm : Accelerator.Hvf;
        await AssertRefusedAsync(
            VerifyFault.Accelerator,
            Verifier.OfThisComputer(),
            guest.Request(GuestDisk.Bios()) with
            {
                Accelerator = foreign,
            }
        );
    }

    [Theory]
    [InlineData(0, 512, 1)]
    [InlineData(2, 16, 1)]
    [InlineData(2, 512, 0)]
    public async Task A_request_without_sense_is_refused(int boots, int memory, int cpus)
    {
        await AssertRefusedAsync(
            VerifyFault.BadRequest,
            Verifier.OfThisComputer(),
            guest.Request(GuestDisk.Bios()) with
            {
                Boots = boots,
                Memory = memory,
                Cpus = cpus,
            }
        );
    }

    [Fact]
    public async Task A_qemu_that_does_not_start_is_an_error_with_its_command_and_words()
    {
        Need.Qemu();
        Need.Tools(Need.Shell);
        var tools = Tests.Qemu.Imposters.Qemu(
            guest.Folder,
            "echo 'cannot allocate memory' >&2; exit 1"
        );
        var verifier = new Verifier(tools, OvmfLocator.OfThisComputer(), TimeProvider.System);
        var exception = await AssertRefusedAsync(
            VerifyFault.ProcessFailed,
            verifier,
            guest.Request(GuestDisk.Bios())
        );
        Assert.Contains(
            "`qemu-system-x86_64 -name appliance",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("cannot allocate memory", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_in_the_middle_of_a_boot_leaves_nothing()
    {
        Need.Qemu();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Need.Token);
        var request = guest.Request(
            GuestDisk.Bios(new GuestScript().Lines("---<<BOOT>>---").Hang())
        );
        var running = Verifier
            .OfThisComputer()
            .RunAsync(request, new CancelAtKernel(cancel), cancel.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(cancel.IsCancellationRequested);
        guest.AssertNothingIsLeft();
    }

    [Fact]
    public async Task The_watch_for_what_is_left_sees_a_machine_that_runs()
    {
        Need.Qemu();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes are looked up in /proc");
        var image = guest.Folder.Write("guest.raw", GuestDisk.Bios(new GuestScript().Hang()));
        var machine = new MachineDescription
        {
            Name = "x",
            Memory = 64,
            Disks = [new(image, "raw")],
        };
        await using (
            await QemuMachine.StartAsync(
                machine,
                Need.Processes,
                TextWriter.Null,
                TimeProvider.System,
                Need.Token
            )
        )
        {
            Assert.NotEmpty(GuestRun.ProcessesThatMention(guest.Folder.Path));
        }

        guest.AssertNothingIsLeft();
    }

    private async Task<VerifyException> AssertRefusedAsync(
        VerifyFault fault,
        Verifier verifier,
        VerifyRequest request
    )
    {
        var exception = await Assert.ThrowsAnyAsync<VerifyException>(() =>
            verifier.RunAsync(request, progress: null, Need.Token)
        );
        Assert.Equal(fault, exception.Fault);
        guest.AssertNothingIsLeft();
        return exception;
    }

    private sealed class CancelAtKernel(CancellationTokenSource cancel) : IProgress<VerifyProgress>
    {
        public void Report(VerifyProgress value)
        {
            if (value.Message == "Kernel")
            {
                cancel.Cancel();
            }
        }
    }
}
