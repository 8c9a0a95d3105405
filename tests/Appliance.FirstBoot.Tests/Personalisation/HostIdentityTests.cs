using Appliance.FirstBoot.Personalisation;
using Appliance.FirstBoot.State;
using Appliance.FirstBoot.Tests.Fakes;
using Appliance.Rendering.Verdicts;
using Outcome = Appliance.Rendering.Verdicts.Personalisation;

namespace Appliance.FirstBoot.Tests.Personalisation;

/// <summary>The host id is on the disk before anybody sees it, and stays the machine's.</summary>
public sealed class HostIdentityTests
{
    private const string Uuid = "5b0f1d6a-7c1e-4a2b-9c3d-0123456789ab";
    private const string Other = "6c0f1d6a-7c1e-4a2b-9c3d-0123456789ab";
    private const string MachineId = "5b0f1d6a7c1e4a2b9c3d0123456789ab\n";

    private readonly FreeBsd bsd = new(TestSites.Edge);

    public HostIdentityTests() => bsd.Sysctls["kern.hostuuid"] = Uuid;

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0\0")]
    [InlineData("garbage\n")]
    [InlineData(null)]
    public void An_empty_or_damaged_file_is_repaired(string? content)
    {
        var machine = FreeBsd.On(bsd.Machine);
        if (content is not null)
        {
            machine.Put("/etc/hostid", content);
            machine.Put("/etc/machine-id", content);
        }

        Run(machine);
        Assert.Equal(Uuid + "\n", machine.Text("/etc/hostid"));
        Assert.Equal(MachineId, machine.Text("/etc/machine-id"));
        Assert.Equal(Uuid, new StateStore(machine).ReadState()!.HostUuid);
    }

    [Fact]
    public void Files_that_are_right_are_flushed_all_the_same_before_anything_else_is_written()
    {
        var machine = FreeBsd.On(bsd.Machine);
        machine.Put("/etc/hostid", Uuid + "\n");
        machine.Put("/etc/machine-id", MachineId);
        Run(machine);
        var changes = machine.Log.Where(line => !line.StartsWith("run ", StringComparison.Ordinal));
        Assert.Equal(
            ["flush /etc/hostid", "flush /etc", "flush /etc/machine-id", "flush /etc"],
            changes.Take(4)
        );
    }

    [Fact]
    public void An_id_that_a_power_cut_took_returns()
    {
        var machine = FreeBsd.On(bsd.Machine);
        Run(machine);
        // The file was empty at the next boot, and rc.d/hostid chose anew.
        machine = FreeBsd.On(machine.Reboot());
        machine.Put("/etc/hostid", Other + "\n");
        bsd.Sysctls["kern.hostuuid"] = Other;
        Run(machine);
        Assert.Equal(Uuid + "\n", machine.Text("/etc/hostid"));
        Assert.Equal(MachineId, machine.Text("/etc/machine-id"));
        Assert.Contains("run /etc/rc.d/hostid onestart", machine.Log);
    }

    [Theory]
    [InlineData(
        "smbios.system.uuid=\"0e7f7f6c-5b1c-4f0e-9f0a-000000000001\"\n",
        "0e7f7f6c-5b1c-4f0e-9f0a-000000000001"
    )]
    [InlineData("smbios.system.uuid=\"00000000-0000-0000-0000-000000000000\"\n", Other)]
    [InlineData("", Other)]
    public void Without_an_id_of_the_kernel_s_it_is_chosen_as_FreeBSD_does(
        string kenv,
        string chosen
    )
    {
        bsd.Sysctls["kern.hostuuid"] = "00000000-0000-0000-0000-000000000000";
        bsd.Outputs["kenv"] = kenv;
        var machine = FreeBsd.On(bsd.Machine);
        machine.Programs["/bin/uuidgen"] = _ => new(0, Other + "\n", "");
        Run(machine);
        Assert.Equal(chosen + "\n", machine.Text("/etc/hostid"));
        Assert.Contains("run /etc/rc.d/hostid onestart", machine.Log);
    }

    private static void Run(FakeMachine machine) =>
        Assert.NotEqual(
            Outcome.Failed,
            new Personaliser(machine, Nobody.Reachable, TestSites.Render).Run().Personalisation
        );
}
