using Appliance.Verify.Processes;
using Appliance.Verify.Qemu;
using Appliance.Verify.Runs;
using Appliance.Verify.Tests.Guests;

namespace Appliance.Verify.Tests.Runs;

/// <summary>Machines, firmware and accelerators.</summary>
public sealed class VerifierMachineTests : IDisposable
{
    private readonly GuestRun guest = new();

    public void Dispose() => guest.Dispose();

    [Fact]
    public async Task A_uefi_guest_on_q35_keeps_its_variables_between_boots_and_the_template_stays_untouched()
    {
        Need.Ovmf();
        var template = OvmfLocator.OfThisComputer().Find().VariablesPath;
        var before = await File.ReadAllBytesAsync(template, Need.Token);
        var disk = await UefiDiskAsync(
            Transcript.GoodBoot(1, "UEFI"),
            Transcript.GoodBoot(2, "UEFI")
        );
        var result = await guest.RunAsync(
            disk,
            request => request with { Firmwares = [FirmwareKind.Uefi], Memory = 128 }
        );
        Assert.True(result.Passed, GuestRun.Failures(result));
        Assert.Equal("uefi-q35", result.Runs[0].Name);
        Assert.Equal(before, await File.ReadAllBytesAsync(template, Need.Token));
    }

    [Fact]
    public async Task A_uefi_machine_that_finds_no_loader_ends_the_wait()
    {
        Need.Ovmf();
        var result = await guest.RunAsync(
            new byte[1 << 20],
            request => request with { Firmwares = [FirmwareKind.Uefi], Memory = 128 }
        );
        Assert.Contains(
            "the firmware found nothing to boot",
            result.Runs[0].Boots[0].Failure,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_verdict_that_names_the_other_firmware_fails()
    {
        var result = await guest.RunAsync(
            GuestDisk.Bios(Transcript.GoodBoot(1, "UEFI")),
            request => request with { Boots = 1 }
        );
        Assert.Equal(["boot1.boot-method"], GuestRun.FailedChecks(result));
    }

    [Fact]
    public async Task Bios_on_q35_and_a_compressed_image_work_too()
    {
        Need.Qemu();
        var raw = guest.Folder.Write("source.raw", GuestDisk.Bios(Transcript.GoodBoot(1)));
        var image = guest.Folder.File("image, 1.qcow2");
        await new QemuImg(Need.Processes).ConvertAsync(raw, image, "qcow2", null, Need.Token);
        var result = await guest.RunAsync(
            [],
            request =>
                request with
                {
                    ImagePath = image,
                    Machine = MachineType.Q35,
                    Boots = 1,
                    Cpus = 2,
                }
        );
        Assert.True(result.Passed, GuestRun.Failures(result));
        Assert.Equal("bios-q35", result.Runs[0].Name);
    }

    [Fact]
    public async Task The_command_for_reproducing_boots_the_image_by_hand()
    {
        var result = await guest.RunAsync(
            GuestDisk.Bios(new GuestScript().Lines("by hand").PowerOff())
        );
        Need.Tools(Need.Shell);
        var outcome = await Need.Processes.RunAsync(
            new(Need.Shell, "-c", result.Runs[0].ReproduceCommand),
            Need.Token
        );
        Assert.Contains("by hand", outcome.StandardOutput, StringComparison.Ordinal);
        Assert.Equal(
            0,
            (await File.ReadAllBytesAsync(result.ImagePath, Need.Token))[
                BiosProgram.CounterSector * 512
            ]
        );
    }

    [Fact]
    public async Task What_is_chosen_on_this_computer_runs_the_guest()
    {
        var result = await guest.RunAsync(
            GuestDisk.Bios(Transcript.GoodBoot(1)),
            request => request with { Accelerator = null, Boots = 1 }
        );
        Assert.True(result.Passed, GuestRun.Failures(result));
        Assert.Equal(
            result.AcceleratorNote is null,
            result.Runs[0].Accelerator == AcceleratorProbe.OfThisSystem
        );
        TestContext.Current.SendDiagnosticMessage(result.AcceleratorNote ?? "accelerated");
    }

    [Fact]
    public async Task An_accelerator_that_cannot_run_guests_is_replaced_by_emulation_and_the_result_says_so()
    {
        Need.Qemu();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "this test imitates a KVM that does not work");
        var real = Need.Processes.Tools.Find(Tools.Qemu);
        var tools = Tests.Qemu.Imposters.Qemu(
            guest.Folder,
            $"case \"$*\" in *'-accel kvm'*) echo 'KVM: emulation failure' >&2; exit 1;; esac; exec {real} \"$@\""
        );
        var verifier = new Verifier(tools, OvmfLocator.OfThisComputer(), TimeProvider.System);
        var result = await verifier.RunAsync(
            guest.Request(GuestDisk.Bios(Transcript.GoodBoot(1))) with
            {
                Accelerator = null,
                Boots = 1,
            },
            progress: null,
            Need.Token
        );
        Assert.True(result.Passed, GuestRun.Failures(result));
        Assert.Equal(Accelerator.Tcg, result.Runs[0].Accelerator);
        Assert.Contains(
            "kvm cannot run guests here (",
            result.AcceleratorNote,
            StringComparison.Ordinal
        );
        guest.AssertNothingIsLeft();
    }

    private static async Task<byte[]> UefiDiskAsync(params GuestScript[] boots)
    {
        Need.Tools(Need.Mformat, Need.Mmd, Need.Mcopy);
        using var folder = new TestFolder();
        var disk = folder.Write("disk.img", new byte[4 << 20]);
        var application = folder.Write("app.efi", UefiApplication.Build(boots));
        await Need.Processes.RunAsync(
            new(Need.Mformat, "-i", disk, "-h", "16", "-s", "32", "-t", "16", "::"),
            Need.Token
        );
        await Need.Processes.RunAsync(
            new(Need.Mmd, "-i", disk, "::/EFI", "::/EFI/BOOT"),
            Need.Token
        );
        await Need.Processes.RunAsync(
            new(Need.Mcopy, "-i", disk, application, "::/EFI/BOOT/BOOTX64.EFI"),
            Need.Token
        );
        return await File.ReadAllBytesAsync(disk, Need.Token);
    }
}
