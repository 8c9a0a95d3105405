using Appliance.Verify.Console;
using Appliance.Verify.Qemu;
using Appliance.Verify.Tests.Guests;

namespace Appliance.Verify.Tests.Console;

/// <summary>The conversation with a guest that echoes what is typed and answers as a shell would.</summary>
public sealed class SingleUserShellTests : IDisposable
{
    private const string Question = "Enter full pathname of shell or RETURN for /bin/sh: ";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_command_brings_its_output_and_exit_status_in_spite_of_the_echo()
    {
        await using var machine = await StartAsync(
            AtTheShell()
                .ReadLine()
                .ReadLine()
                .ReadLine()
                .Lines(
                    "",
                    ShellScript.Begin(2),
                    "** /dev/gpt/rootfs (NO WRITE)",
                    "",
                    ShellScript.End(2) + "8"
                )
                .Hang()
        );
        var shell = await SingleUserShell.EnterAsync(machine.Console, Limit, Need.Token);
        var outcome = await shell.RunAsync("fsck_ffs -n /dev/gpt/rootfs", Limit, Need.Token);
        Assert.Equal(new ShellOutcome(8, "** /dev/gpt/rootfs (NO WRITE)\n"), outcome);
        Assert.Contains(
            machine.Console.LastLines,
            line =>
                line.Contains(
                    "appliance_c=$appliance_c'fsck_ffs -n /dev/gpt/rootfs'",
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public async Task A_panic_instead_of_the_shell_ends_the_wait_with_the_reason()
    {
        await using var machine = await StartAsync(
            new GuestScript().Lines("panic: no init").Hang()
        );
        var exception = await Assert.ThrowsAsync<VerifyException>(() =>
            SingleUserShell.EnterAsync(machine.Console, Limit, Need.Token)
        );
        Assert.Equal(VerifyFault.Guest, exception.Fault);
        Assert.Contains("panic: no init", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shell_that_does_not_answer_runs_into_the_limit_and_the_last_lines_are_told()
    {
        await using var machine = await StartAsync(AtTheShell().Lines("hm").Hang());
        var shell = await SingleUserShell.EnterAsync(machine.Console, Limit, Need.Token);
        var exception = await Assert.ThrowsAsync<VerifyException>(() =>
            shell.RunAsync("sleep 1000", TimeSpan.FromSeconds(2), Need.Token)
        );
        Assert.Equal(VerifyFault.TimeLimit, exception.Fault);
        Assert.Contains(
            "did not finish `sleep 1000` within 2 s",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("hm", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_that_goes_off_in_the_middle_is_said_to_have()
    {
        await using var machine = await StartAsync(AtTheShell().ReadLine().PowerOff());
        var shell = await SingleUserShell.EnterAsync(machine.Console, Limit, Need.Token);
        var exception = await Assert.ThrowsAnyAsync<VerifyException>(() =>
            shell.RunAsync("poweroff", Limit, Need.Token)
        );
        Assert.Equal(VerifyFault.Guest, exception.Fault);
    }

    private static GuestScript AtTheShell() =>
        new GuestScript()
            .Lines("---<<BOOT>>---")
            .Say(Question)
            .ReadLine()
            .Say("# ")
            .ReadLine()
            .Lines("", ShellScript.Ready(1));

    private async Task<QemuMachine> StartAsync(GuestScript script)
    {
        Need.Qemu();
        var image = folder.Write("guest.raw", GuestDisk.Bios(script));
        var machine = new MachineDescription
        {
            Name = "shell",
            Memory = 64,
            Disks = [new(image, "raw")],
        };
        return await QemuMachine.StartAsync(
            machine,
            Need.Processes,
            TextWriter.Null,
            TimeProvider.System,
            Need.Token
        );
    }
}
