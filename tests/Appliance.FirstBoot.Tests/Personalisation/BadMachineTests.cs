using Appliance.FirstBoot.Personalisation;
using Appliance.FirstBoot.State;
using Appliance.FirstBoot.Tests.Fakes;
using Appliance.FirstBoot.Verdicts;
using Appliance.Rendering.Verdicts;
using Outcome = Appliance.Rendering.Verdicts.Personalisation;

namespace Appliance.FirstBoot.Tests.Personalisation;

/// <summary>Machines that are not as machines should be: what happens has a reason, and a verdict.</summary>
public sealed class BadMachineTests
{
    private readonly FreeBsd bsd = new(TestSites.Edge);

    [Fact]
    public void A_disk_that_takes_no_change_is_a_reason_on_the_console()
    {
        var machine = FreeBsd.On(bsd.Machine);
        var before = machine.Files.Keys.ToList();
        machine.Fails = _ => true;
        var stage = Personalise(machine);
        Assert.Equal((Outcome.Failed, false), (stage.Personalisation, stage.Minimal));
        Assert.Contains("no space left on device", stage.Error, StringComparison.Ordinal);
        var verdict = Verify(machine);
        Assert.False(verdict.Ok);
        Assert.NotNull(verdict.Error);
        Assert.Equal(
            before,
            machine.Files.Keys.Where(path =>
                !path.EndsWith(".new", StringComparison.Ordinal)
                && !path.EndsWith(".appliance-new", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public void Without_entropy_there_are_no_host_keys_and_no_half_of_a_router()
    {
        var machine = FreeBsd.On(bsd.Machine);
        machine.Programs["/usr/bin/ssh-keygen"] = _ => new(255, "", "PRNG is not seeded\n");
        var stage = Personalise(machine);
        Assert.Equal(Outcome.Failed, stage.Personalisation);
        Assert.Contains(
            "ssh-keygen made no /etc/ssh/ssh_host_ed25519_key: exit 255: PRNG is not seeded",
            stage.Error,
            StringComparison.Ordinal
        );
        Assert.Null(new StateStore(machine).ReadState());
        Assert.Equal("hostname=\"unconfigured\"\n", machine.Text("/etc/rc.conf"));

        // With entropy the next boot does it all.
        machine = FreeBsd.On(machine.Reboot());
        Assert.Equal(Outcome.Done, Personalise(machine).Personalisation);
    }

    [Fact]
    public void An_interface_that_disappears_is_told_and_comes_back()
    {
        var machine = FreeBsd.On(bsd.Machine);
        Assert.Equal(Outcome.Done, Personalise(machine).Personalisation);
        Assert.True(Verify(machine).Ok);

        var all = bsd.Outputs["ifconfig"];
        bsd.Outputs["ifconfig"] = all[all.IndexOf("\nlo0:", StringComparison.Ordinal)..];
        var verdict = Verify(machine);
        Assert.False(verdict.Ok);
        Assert.Contains(
            verdict.Checks,
            check =>
                !check.Passed && check.Name.StartsWith("interface.wan", StringComparison.Ordinal)
        );

        // At the next boot a complete machine is not given up because of it.
        machine = FreeBsd.On(machine.Reboot());
        var stage = Personalise(machine);
        Assert.Equal((Outcome.Failed, false), (stage.Personalisation, stage.Minimal));
        Assert.Contains("interface wan: no device", stage.Error, StringComparison.Ordinal);
        bsd.Outputs["ifconfig"] = all;
        machine = FreeBsd.On(machine.Reboot());
        Assert.Equal(Outcome.Kept, Personalise(machine).Personalisation);
        Assert.True(Verify(machine).Ok);
    }

    private static EarlyStage Personalise(FakeMachine machine) =>
        new Personaliser(machine, Nobody.Reachable, TestSites.Render).Run();

    private static Verdict Verify(FakeMachine machine) =>
        new Verifier(machine, TestSites.Render, TimeSpan.Zero).Run();
}
