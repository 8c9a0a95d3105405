using Appliance.Verify.Console;
using Appliance.Verify.Tests.Guests;

namespace Appliance.Verify.Tests.Console;

public class PhaseTrackerTests
{
    [Fact]
    public void A_whole_boot_passes_through_every_stage_in_order()
    {
        var tracker = Follow([
            "SeaBIOS (version 1.16.2-debian-1.16.2-1)",
            .. Transcript.BeforeVerdict,
            Transcript.Line(Transcript.Good(1)),
            .. Transcript.AfterVerdict,
            "login: ",
        ]);
        Assert.Equal(Enum.GetValues<BootPhase>(), tracker.Marks.Select(mark => mark.Phase));
    }

    [Theory]
    [InlineData("FreeBSD/amd64 EFI loader, Revision 3.0", BootPhase.Loader)]
    [InlineData("---<<BOOT>>---", BootPhase.Kernel)]
    [InlineData("FreeBSD 15.0-RELEASE-p1 GENERIC amd64", BootPhase.Kernel)]
    [InlineData("Starting file system checks:", BootPhase.Rc)]
    [InlineData("personalised: Done", BootPhase.FirstBoot)]
    [InlineData("router01.example.net login: ", BootPhase.Login)]
    public void Stages_are_known_by_their_lines(string line, BootPhase expected)
    {
        Assert.Equal(expected, Follow([line]).Current);
    }

    [Theory]
    [InlineData("Last login: Mon Jan  1")]
    [InlineData("see FreeBSD 15.0-RELEASE notes")]
    [InlineData("  ---<<BOOT")]
    public void Lines_that_only_look_alike_change_nothing(string line)
    {
        Assert.Equal(BootPhase.Firmware, Follow([line]).Current);
    }

    [Fact]
    public void Stages_never_go_backwards()
    {
        var tracker = Follow(["login: ", "---<<BOOT>>---"]);
        Assert.Equal(
            [BootPhase.Firmware, BootPhase.Login],
            tracker.Marks.Select(mark => mark.Phase)
        );
    }

    private static PhaseTracker Follow(IEnumerable<string> lines)
    {
        var tracker = new PhaseTracker();
        foreach (var line in lines)
        {
            tracker.Add(new(TimeSpan.FromSeconds(1), line));
        }

        return tracker;
    }
}
