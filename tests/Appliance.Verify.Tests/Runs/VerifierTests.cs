using Appliance.Rendering.Verdicts;
using Appliance.Verify.Console;
using Appliance.Verify.Runs;
using Appliance.Verify.Tests.Guests;

namespace Appliance.Verify.Tests.Runs;

/// <summary>Whole runs with small guests that print what an appliance would.</summary>
public sealed class VerifierTests : IDisposable
{
    private readonly GuestRun guest = new();

    public void Dispose() => guest.Dispose();

    [Fact]
    public async Task An_image_that_boots_twice_keeps_its_state_and_unmounts_passes()
    {
        var disk = GuestDisk.WithUfs(
            GuestDisk.Bios(Unmounting(Transcript.Good(1)), Unmounting(Transcript.Good(2)))
        );
        var original = disk.ToArray();
        var messages = new List<string>();
        var result = await guest.RunAsync(
            disk,
            request =>
                request with
                {
                    CheckFileSystems = true,
                    LogFolder = guest.Folder.File("logs"),
                },
            new Collector(messages)
        );

        Assert.True(result.Passed, GuestRun.Failures(result));
        var run = Assert.Single(result.Runs);
        Assert.Equal((true, true), (run.PowerOffClean, run.FileSystemClean));
        Assert.Equal([1, 2], run.Boots.Select(boot => boot.Verdict!.Boot));
        Assert.Equal(Enum.GetValues<BootPhase>(), run.Boots[1].Phases.Select(mark => mark.Phase));
        Assert.Empty(run.LastConsoleLines);
        Assert.Contains("bios-i440fx 2 Kernel", messages);
        Assert.Contains(
            "boot 2",
            await File.ReadAllTextAsync(run.ConsoleLog!, Need.Token),
            StringComparison.Ordinal
        );
        Assert.Equal(original, await File.ReadAllBytesAsync(result.ImagePath, Need.Token));
    }

    [Fact]
    public async Task A_file_system_that_was_not_unmounted_fails()
    {
        var boot = Transcript
            .Boot(Transcript.Good(1))
            .Poke(GuestDisk.CleanByte, 0)
            .WaitForButton()
            .PowerOff();
        var result = await guest.RunAsync(
            GuestDisk.WithUfs(GuestDisk.Bios(boot)),
            request => request with { CheckFileSystems = true, Boots = 1 }
        );
        Assert.Equal(["file-system.rootfs"], GuestRun.FailedChecks(result));
        Assert.False(result.Runs[0].FileSystemClean);
        Assert.Contains(
            "rootfs was not unmounted",
            GuestRun.Failures(result),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_disk_without_a_file_system_fails_the_check_of_it()
    {
        var result = await guest.RunAsync(
            GuestDisk.Bios(Transcript.GoodBoot(1)),
            request => request with { CheckFileSystems = true, Boots = 1 }
        );
        Assert.Equal(["file-system"], GuestRun.FailedChecks(result));
    }

    [Fact]
    public async Task A_failed_check_in_the_guest_fails_the_run_and_spares_the_second_boot()
    {
        var verdict = Transcript.WithFailedCheck(1);
        var result = await guest.RunAsync(
            GuestDisk.Bios(Transcript.Boot(verdict).WaitForButton().PowerOff())
        );
        Assert.Equal(["boot1.ok", "boot1.guest.tunnel.gif0.fib"], GuestRun.FailedChecks(result));
        Assert.Single(result.Runs[0].Boots);
        Assert.True(result.Runs[0].PowerOffClean);
        Assert.Contains(
            "FreeBSD/amd64 (router01.example.net) (ttyu0)",
            result.Runs[0].LastConsoleLines
        );
    }

    [Fact]
    public async Task A_second_boot_that_personalises_again_fails()
    {
        var again = Transcript.Good(2) with { Personalisation = Personalisation.Done };
        var result = await guest.RunAsync(
            GuestDisk.Bios(
                Transcript.GoodBoot(1),
                Transcript.Boot(again).WaitForButton().PowerOff()
            )
        );
        Assert.Equal(["boot2.personalisation"], GuestRun.FailedChecks(result));
    }

    [Fact]
    public async Task A_second_boot_after_an_unclean_end_fails()
    {
        var result = await guest.RunAsync(
            GuestDisk.Bios(
                Transcript.GoodBoot(1),
                new GuestScript()
                    .Lines("WARNING: / was not properly dismounted")
                    .Lines(Transcript.Line(Transcript.Good(2)))
                    .Say("login: ")
                    .WaitForButton()
                    .PowerOff()
            )
        );
        Assert.Equal(["boot2.mounts"], GuestRun.FailedChecks(result));
    }

    [Fact]
    public async Task No_verdict_within_the_limit_fails()
    {
        var result = await guest.RunAsync(
            GuestDisk.Bios(new GuestScript().Lines(Transcript.BeforeVerdict).Hang()),
            request => request with { TimeLimitPerBoot = TimeSpan.FromSeconds(5) }
        );
        Assert.Equal(["boot1.verdict"], GuestRun.FailedChecks(result));
        var boot = Assert.Single(result.Runs[0].Boots);
        Assert.Null(boot.Verdict);
        Assert.Equal("no verdict within 5 s; the last stage seen was FirstBoot", boot.Failure);
        Assert.Null(result.Runs[0].PowerOffClean);
        Assert.Contains("personalised: Done", result.Runs[0].LastConsoleLines);
    }

    [Fact]
    public async Task A_panic_ends_the_wait_at_once_and_its_backtrace_is_kept()
    {
        var result = await guest.RunAsync(
            GuestDisk.Bios(
                new GuestScript()
                    .Lines(Transcript.BeforeVerdict)
                    .Lines("panic: vm_fault: fault on nofault entry, addr: 0", "cpuid = 0")
                    .Lines("#0 0xffffffff80b9 at kdb_backtrace+0x5d")
                    .Hang()
            )
        );
        Assert.StartsWith(
            "the kernel panicked: panic: vm_fault",
            Failure(result),
            StringComparison.Ordinal
        );
        Assert.Contains("#0 0xffffffff80b9 at kdb_backtrace+0x5d", result.Runs[0].LastConsoleLines);
    }

    [Fact]
    public async Task A_panic_after_the_verdict_fails_as_well()
    {
        var result = await guest.RunAsync(
            GuestDisk.Bios(
                new GuestScript()
                    .Lines(Transcript.Line(Transcript.Good(1)))
                    .Lines("panic: late")
                    .Hang()
            )
        );
        Assert.Equal(["boot1.verdict"], GuestRun.FailedChecks(result));
        Assert.Equal("the kernel panicked: panic: late", Failure(result));
    }

    [Theory]
    [InlineData("OK ", "the loader stopped at its prompt: OK")]
    [InlineData("mountroot> ", "the kernel found no root file system: mountroot>")]
    public async Task A_prompt_where_nobody_answers_ends_the_wait(string prompt, string failure)
    {
        var result = await guest.RunAsync(
            GuestDisk.Bios(new GuestScript().Lines("Consoles: serial port").Say(prompt).Hang())
        );
        Assert.Equal(failure, Failure(result));
    }

    [Fact]
    public async Task A_disk_that_cannot_boot_ends_the_wait()
    {
        var result = await guest.RunAsync(new byte[1 << 20]);
        Assert.Equal("the firmware found nothing to boot: No bootable device.", Failure(result));
    }

    [Fact]
    public async Task A_guest_that_restarts_before_its_verdict_fails()
    {
        var result = await guest.RunAsync(
            GuestDisk.Bios(new GuestScript().Lines("---<<BOOT>>---").Reset())
        );
        Assert.Equal(
            "the machine restarted before its verdict; the last stage seen was Kernel",
            Failure(result)
        );
    }

    [Fact]
    public async Task A_guest_that_goes_off_before_its_verdict_fails()
    {
        var result = await guest.RunAsync(GuestDisk.Bios(new GuestScript().PowerOff()));
        Assert.Equal(
            "the machine went off before its verdict; the last stage seen was Firmware",
            Failure(result)
        );
    }

    [Fact]
    public async Task Garbage_and_a_console_that_never_stops_fail()
    {
        var garbage = Enumerable.Range(0, 4000).Select(number => (byte)(8 + (number * 37 % 248)));
        var result = await guest.RunAsync(
            GuestDisk.Bios(new GuestScript().Raw([.. garbage]).Repeat()),
            request => request with { MostConsoleBytes = 100_000 }
        );
        Assert.Equal("the console went on and on without a verdict", Failure(result));
    }

    [Fact]
    public async Task A_verdict_that_is_cut_short_is_none_but_said_to_have_been_there()
    {
        var result = await guest.RunAsync(
            GuestDisk.Bios(
                new GuestScript().Lines(Transcript.Line(Transcript.Good(1))[..80]).Hang()
            ),
            request => request with { TimeLimitPerBoot = TimeSpan.FromSeconds(4) }
        );
        Assert.Contains("could not be read", Failure(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guest_that_ignores_the_power_button_fails()
    {
        var result = await guest.RunAsync(
            GuestDisk.Bios(Transcript.Boot(Transcript.Good(1)).Hang()),
            request => request with { PowerOffLimit = TimeSpan.FromSeconds(3) }
        );
        Assert.Equal(["power-off1"], GuestRun.FailedChecks(result));
        Assert.False(result.Runs[0].PowerOffClean);
    }

    [Fact]
    public async Task A_guest_that_restarts_when_the_power_button_is_pressed_fails()
    {
        var result = await guest.RunAsync(
            GuestDisk.Bios(Transcript.Boot(Transcript.Good(1)).WaitForButton().Reset())
        );
        Assert.Equal(["power-off1"], GuestRun.FailedChecks(result));
    }

    private static GuestScript Unmounting(Verdict verdict) =>
        new GuestScript()
            .Poke(GuestDisk.CleanByte, 0)
            .Raw(Transcript.Boot(verdict).Bytes)
            .WaitForButton()
            .Poke(GuestDisk.CleanByte, 1)
            .PowerOff();

    private static string? Failure(VerifyResult result)
    {
        Assert.False(result.Passed);
        return Assert.Single(Assert.Single(result.Runs).Boots).Failure;
    }

    private sealed class Collector(List<string> messages) : IProgress<VerifyProgress>
    {
        public void Report(VerifyProgress value) =>
            messages.Add($"{value.Run} {value.Boot} {value.Message}");
    }
}
