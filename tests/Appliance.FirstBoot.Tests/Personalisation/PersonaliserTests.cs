using Appliance.FirstBoot.Personalisation;
using Appliance.FirstBoot.State;
using Appliance.FirstBoot.Tests.Fakes;
using Appliance.Rendering;
using Appliance.Rendering.Documents;
using Outcome = Appliance.Rendering.Verdicts.Personalisation;

namespace Appliance.FirstBoot.Tests.Personalisation;

public class PersonaliserTests
{
    private readonly FreeBsd bsd = new(TestSites.Edge);

    [Fact]
    public void First_boot_writes_every_file_with_the_found_device_and_locks_root()
    {
        var machine = FreeBsd.On(bsd.Machine);
        Assert.Equal((Outcome.Done, null), Run(machine));
        Assert.Contains("ifconfig_vtnet0=", machine.Text("/etc/rc.conf"), StringComparison.Ordinal);
        Assert.Equal(101, machine.Files["/usr/local/etc/frr/frr.conf"].Owner.User);
        Assert.Equal(0b110_000_000, machine.Files["/root/.ssh/authorized_keys"].Mode);
        Assert.Contains("folder /root/.ssh 448", machine.Log);
        Assert.Equal("private\n", machine.Text("/etc/ssh/ssh_host_ed25519_key"));
        Assert.StartsWith("root:*:", machine.Text("/etc/master.passwd"), StringComparison.Ordinal);
        AssertNothingAside(machine);
    }

    [Fact]
    public void The_second_boot_changes_nothing()
    {
        Run(FreeBsd.On(bsd.Machine));
        var second = FreeBsd.On(bsd.Machine.Reboot());
        Assert.Equal((Outcome.Kept, null), Run(second));
        Assert.All(
            second.Log.Where(change => !change.StartsWith("run ", StringComparison.Ordinal)),
            change => Assert.Contains("/var/run/appliance", change, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Another_document_is_applied_at_the_next_boot()
    {
        Run(FreeBsd.On(bsd.Machine));
        var second = FreeBsd.On(bsd.Machine.Reboot());
        Put(second, TestSites.Edge with { Hostname = "other.example.net" });
        Assert.Equal((Outcome.Done, null), Run(second));
        Assert.Contains("other.example.net", second.Text("/etc/rc.conf"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_next_document_does_not_have_is_taken_away_and_what_is_not_ours_stays()
    {
        Run(FreeBsd.On(bsd.Machine));
        var second = FreeBsd.On(bsd.Machine.Reboot());
        second.Put("/usr/local/etc/frr/vtysh.local", "the owner's\n");
        Put(second, TestSites.Downstream);
        Assert.True(second.Files.ContainsKey("/usr/local/etc/frr/frr.conf"));
        Assert.Equal((Outcome.Done, null), Run(second));
        Assert.False(second.Files.ContainsKey("/usr/local/etc/frr/frr.conf"));
        Assert.True(second.Files.ContainsKey("/etc/jail.conf"));
        Assert.True(second.Files.ContainsKey("/usr/local/etc/frr/vtysh.local"));
        AssertNothingAside(second);

        var third = FreeBsd.On(second.Reboot());
        Put(third, TestSites.Edge);
        Assert.Equal((Outcome.Done, null), Run(third));
        Assert.True(third.Files.ContainsKey("/usr/local/etc/frr/frr.conf"));
        Assert.False(third.Files.ContainsKey("/etc/jail.conf"));
    }

    [Fact]
    public void A_host_key_that_is_there_stays()
    {
        var machine = FreeBsd.On(bsd.Machine);
        machine.Put("/etc/ssh/ssh_host_ed25519_key", "mine\n", 0b110_000_000);
        machine.Put("/etc/ssh/ssh_host_ed25519_key.pub", "mine\n");
        Run(machine);
        Assert.Equal("mine\n", machine.Text("/etc/ssh/ssh_host_ed25519_key"));
    }

    [Fact]
    public void A_key_of_which_half_is_missing_is_made_again()
    {
        var machine = FreeBsd.On(bsd.Machine);
        machine.Put("/etc/ssh/ssh_host_ed25519_key", "mine\n", 0b110_000_000);
        Run(machine);
        Assert.Equal("private\n", machine.Text("/etc/ssh/ssh_host_ed25519_key"));
    }

    [Fact]
    public void Without_any_interface_nothing_changes()
    {
        bsd.Outputs["ifconfig"] = bsd.Outputs["ifconfig"]
            .Replace("ether", "lladdr", StringComparison.Ordinal);
        AssertFailsUnchanged(
            FreeBsd.On(bsd.Machine),
            "this machine has none at all; and there is no interface to reach a minimal machine by"
        );
    }

    [Theory]
    [InlineData("/sbin/pfctl", "/etc/pf.conf")]
    [InlineData("/usr/sbin/sshd", "/etc/ssh/sshd_config")]
    [InlineData("/bin/sh", "/etc/rc.conf")]
    public void A_file_that_its_reader_refuses_is_not_installed(string program, string path)
    {
        bsd.Machine.Programs[program] = _ => new(1, "", "line 3: syntax error\n");
        AssertFailsUnchanged(
            FreeBsd.On(bsd.Machine),
            $"{program} refuses {path}: exit 1: line 3: syntax error"
        );
    }

    [Fact]
    public void FRR_reads_its_configuration_before_it_is_installed_where_it_is_there()
    {
        bsd.Machine.Programs["/usr/local/bin/vtysh"] = _ => new(2, "", "line 3: unknown command\n");
        Assert.Equal((Outcome.Done, null), Run(FreeBsd.On(bsd.Machine.Reboot())));

        bsd.Machine.Put("/usr/local/bin/vtysh", "program");
        var machine = FreeBsd.On(bsd.Machine);
        var (outcome, error) = Run(machine);
        Assert.Equal(Outcome.Failed, outcome);
        Assert.Contains(
            "/usr/local/bin/vtysh refuses /usr/local/etc/frr/frr.conf: exit 2: line 3: unknown command",
            error,
            StringComparison.Ordinal
        );
        Assert.True(new StateStore(machine).ReadState()!.Minimal);
        Assert.DoesNotContain("/usr/local/etc/frr/frr.conf", machine.Files.Keys);
        AssertNothingAside(machine);
    }

    [Fact]
    public void A_root_password_that_cannot_be_locked_takes_everything_back()
    {
        var machine = FreeBsd.On(bsd.Machine);
        machine.Programs["/usr/sbin/pw"] = _ => new(67, "", "pw: busy");
        AssertFailsUnchanged(machine, "the root password cannot be locked: exit 67: pw: busy");
    }

    [Fact]
    public void A_rendering_that_fails_changes_nothing()
    {
        var machine = FreeBsd.On(bsd.Machine);
        var before = Snapshot(machine);
        var stage = new Personaliser(
            machine,
            Nobody.Reachable,
            (_, _, _) => throw new RenderingException("$.hostname", "is no host name")
        ).Run();
        Assert.Equal(Outcome.Failed, stage.Personalisation);
        Assert.StartsWith("$.hostname: is no host name", stage.Error, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot(machine));
    }

    [Fact]
    public void A_full_disk_at_any_change_leaves_the_old_files()
    {
        var total = ChangesOfAWholeRun();
        for (var step = 0; step < total; step++)
        {
            var machine = FreeBsd.On(new FreeBsd(TestSites.Edge).Machine);
            var before = Snapshot(machine);
            var at = step;
            machine.Fails = change =>
                machine.Changes > at
                && (
                    change.StartsWith("write", StringComparison.Ordinal)
                    || change.StartsWith("link", StringComparison.Ordinal)
                    || change.StartsWith("folder", StringComparison.Ordinal)
                );
            var stage = new Personaliser(machine, Nobody.Reachable, TestSites.Render);
            try
            {
                if (stage.Run().Personalisation == Outcome.Failed)
                {
                    Assert.Equal(before, Snapshot(machine));
                }
                else
                {
                    Assert.NotNull(new StateStore(machine).ReadState());
                }
            }
            catch (IOException exception)
                when (exception.Message.Contains("/var/run/appliance", StringComparison.Ordinal))
            {
                // The record in /var/run could not be written either; the rc.d script says so in that case.
                if (new StateStore(machine).ReadState() is null)
                {
                    Assert.Equal(before, Snapshot(machine));
                }
            }
        }
    }

    [Fact]
    public void After_a_power_loss_at_any_change_the_next_boot_completes_the_work()
    {
        var expected = FreeBsd.On(new FreeBsd(TestSites.Edge).Machine);
        Run(expected);
        var total = expected.Changes;
        Assert.True(total > 20);
        for (var step = 0; step < total; step++)
        {
            var second = FreeBsd.On(LosePowerAt(step).Reboot());
            var (outcome, error) = Run(second);
            Assert.Null(error);
            Assert.NotEqual(Outcome.Failed, outcome);
            Assert.Equal(Snapshot(expected), Snapshot(second));
            AssertNothingAside(second);
        }
    }

    [Fact]
    public void After_a_power_loss_at_any_change_a_boot_that_cannot_go_on_has_the_old_files()
    {
        var before = Snapshot(FreeBsd.On(new FreeBsd(TestSites.Edge).Machine));
        var total = ChangesOfAWholeRun();
        for (var step = 0; step < total; step++)
        {
            var second = FreeBsd.On(LosePowerAt(step).Reboot());
            var isApplied = new StateStore(second).ReadState() is not null;
            second.Programs["/sbin/ifconfig"] = _ => new(1, "", "ifconfig: no memory");
            Assert.Equal(Outcome.Failed, Run(second).Outcome);
            if (!isApplied)
            {
                Assert.Equal(before, Snapshot(second));
            }
        }
    }

    [Fact]
    public void A_power_loss_while_a_machine_becomes_another_leaves_one_of_the_two()
    {
        var edge = Snapshot(EdgeThatIsToBecomeADownstream());
        var done = EdgeThatIsToBecomeADownstream();
        Run(done);
        var downstream = Snapshot(done);
        Assert.NotEqual(edge, downstream);
        for (var step = 0; step < done.Changes; step++)
        {
            var machine = EdgeThatIsToBecomeADownstream();
            machine.PowerLossAt = step;
            Assert.Throws<PowerLossException>(() => Run(machine));

            var stuck = FreeBsd.On(machine.Reboot());
            stuck.Programs["/sbin/ifconfig"] = _ => new(1, "", "ifconfig: no memory");
            Run(stuck);
            Assert.Contains(Snapshot(stuck), new[] { edge, downstream });

            var next = FreeBsd.On(machine.Reboot());
            Assert.Null(Run(next).Error);
            Assert.Equal(downstream, Snapshot(next));
            AssertNothingAside(next);
        }
    }

    private static FakeMachine EdgeThatIsToBecomeADownstream()
    {
        var machine = FreeBsd.On(new FreeBsd(TestSites.Edge).Machine);
        Run(machine);
        machine = FreeBsd.On(machine.Reboot());
        Put(machine, TestSites.Downstream);
        return machine;
    }

    private static FakeMachine LosePowerAt(int step)
    {
        var machine = FreeBsd.On(new FreeBsd(TestSites.Edge).Machine);
        machine.PowerLossAt = step;
        Assert.Throws<PowerLossException>(() => Run(machine));
        return machine;
    }

    private static int ChangesOfAWholeRun()
    {
        var machine = FreeBsd.On(new FreeBsd(TestSites.Edge).Machine);
        Run(machine);
        return machine.Changes;
    }

    private static (Outcome Outcome, string? Error) Run(FakeMachine machine)
    {
        var stage = new Personaliser(machine, Nobody.Reachable, TestSites.Render).Run();
        return (stage.Personalisation, stage.Error);
    }

    private static void Put(FakeMachine machine, SiteDocument document) =>
        machine.Put(
            SiteDocument.TargetPath,
            System.Text.Encoding.UTF8.GetString(SiteDocumentJson.Write(document))
        );

    private static void AssertFailsUnchanged(FakeMachine machine, string reason)
    {
        var before = Snapshot(machine);
        var (outcome, error) = Run(machine);
        Assert.Equal(Outcome.Failed, outcome);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot(machine));
        AssertNothingAside(machine);
    }

    /// <summary>Everything on the disk that counts: host keys may be made early, and the root account is locked by then.</summary>
    private static List<string> Snapshot(FakeMachine machine) =>
        [
            .. machine
                .Files.Where(file =>
                    !file.Key.StartsWith("/var/", StringComparison.Ordinal)
                    && !file.Key.Contains("ssh_host_", StringComparison.Ordinal)
                    && !file.Key.EndsWith(".appliance-new", StringComparison.Ordinal)
                    && file.Key != "/etc/master.passwd"
                )
                .Select(file =>
                    $"{file.Key} {file.Value.Mode} {file.Value.Owner} {file.Value.Text}"
                ),
        ];

    private static void AssertNothingAside(FakeMachine machine)
    {
        Assert.DoesNotContain(
            machine.Files.Keys,
            path => path.Contains(".appliance-", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(Journal.TargetPath, machine.Files.Keys);
    }
}
