using Appliance.Verify.Console;
using Appliance.Verify.Tests.Guests;

namespace Appliance.Verify.Tests.Console;

public class TroubleSpotterTests
{
    [Theory]
    [InlineData("No bootable device.", "firmware found nothing")]
    [InlineData("BdsDxe: No bootable option or device was found.", "firmware found nothing")]
    [InlineData("UEFI Interactive Shell v2.2", "UEFI shell")]
    [InlineData("gptboot: No /boot/loader on 0:ad(0p2)", "boot blocks")]
    [InlineData("can't load 'kernel'", "loader could not load")]
    [InlineData("Failed to load kernel 'kernel'", "loader could not load")]
    [InlineData(
        "ERROR: cannot open /boot/lua/loader.lua: no such file or directory.",
        "loader could not load"
    )]
    [InlineData("panic: vm_fault: fault on nofault entry", "panicked")]
    [InlineData("Fatal trap 12: page fault while in kernel mode", "panicked")]
    [InlineData("ERROR: ABORTING BOOT (sending SIGTERM to parent)!", "gave up")]
    public void Lines_that_end_a_boot_are_known(string line, string reason)
    {
        var trouble = TroubleSpotter.Spot(new(TimeSpan.Zero, line));
        Assert.Contains(reason, trouble?.Reason, StringComparison.Ordinal);
        Assert.Equal(line, trouble?.Line);
    }

    [Theory]
    [InlineData("OK ", "loader stopped")]
    [InlineData("db> ", "debugger")]
    [InlineData("mountroot> ", "no root file system")]
    [InlineData("Enter full pathname of shell or RETURN for /bin/sh: ", "single-user")]
    public void Prompts_that_end_a_boot_are_known_only_as_prompts(string prompt, string reason)
    {
        Assert.Contains(
            reason,
            TroubleSpotter.Spot(new(TimeSpan.Zero, prompt, IsPrompt: true))?.Reason,
            StringComparison.Ordinal
        );
        Assert.Null(TroubleSpotter.Spot(new(TimeSpan.Zero, prompt)));
    }

    [Fact]
    public void A_good_boot_has_no_trouble()
    {
        Assert.All(
            [
                .. Transcript.BeforeVerdict,
                .. Transcript.AfterVerdict,
                "Booting from Hard Disk...",
                "login: ",
            ],
            line => Assert.Null(TroubleSpotter.Spot(new(TimeSpan.Zero, line)))
        );
    }

    [Theory]
    [InlineData("WARNING: / was not properly dismounted", true)]
    [InlineData("WARNING: /: mount pending error: blocks 8 files 1", true)]
    [InlineData("/dev/gpt/rootfs: FILE SYSTEM CLEAN; SKIPPING CHECKS", false)]
    public void Unclean_mounts_are_known(string line, bool expected)
    {
        Assert.Equal(expected, TroubleSpotter.IsUncleanMount(line));
    }
}
