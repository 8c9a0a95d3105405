using Appliance.FirstBoot.Personalisation;
using Appliance.FirstBoot.State;
using Appliance.FirstBoot.Tests.Fakes;
using Appliance.Rendering.Documents;
using Outcome = Appliance.Rendering.Verdicts.Personalisation;

namespace Appliance.FirstBoot.Tests.Personalisation;

/// <summary>
/// The power goes at every change of a run, on a disk that gives back removed names nobody flushed: the machine is the
/// old one or the new one, and nothing that the run prepared lies about.
/// </summary>
public sealed class PowerLossTests
{
    private const string Seed = "/dev/vtbd1";
    private const string OldHash = "$6$salt$abcdefghijklmnopqrstuvwxyz0123456789";
    private const string NewHash = "$6$salt$9876543210zyxwvutsrqponmlkjihgfedcba";

    /// <summary>What comes back after a power failure of the names that were removed: nothing, everything, a part.</summary>
    public static TheoryData<string> ComesBack => ["", "/", ".appliance-", "/etc/", "journal"];

    [Theory]
    [MemberData(nameof(ComesBack))]
    public void What_a_first_run_leaves_goes_even_when_the_next_one_fails(string back)
    {
        for (var step = 0; step < ChangesOf(Fresh); step++)
        {
            var stuck = Stuck(CutAt(Fresh(), step), back);
            Assert.Equal(Outcome.Failed, Run(stuck).Personalisation);
            AssertNothingLeft(stuck);
        }
    }

    [Theory]
    [MemberData(nameof(ComesBack))]
    public void A_machine_that_was_becoming_another_is_one_of_the_two(string back)
    {
        var (old, done) = (Snapshot(Becoming()), Becoming());
        Run(done);
        var next = Snapshot(done);
        Assert.NotEqual(old, next);
        for (var step = 0; step < ChangesOf(Becoming); step++)
        {
            var stuck = Stuck(CutAt(Becoming(), step), back);
            Run(stuck);
            Assert.Contains(Snapshot(stuck), new[] { old, next });
            AssertNothingLeft(stuck);
        }
    }

    [Theory]
    [MemberData(nameof(ComesBack))]
    public void What_an_update_leaves_goes_when_there_is_nothing_to_do_any_more(string back)
    {
        for (var step = 0; step < ChangesOf(Becoming); step++)
        {
            var machine = CutAt(Becoming(), step);
            var again = FreeBsd.On(machine.Reboot(name => IsBack(name, back)));
            again.Disks[Seed] = Seeds.Carrying(TestSites.Edge, Password(OldHash));
            Assert.Null(Run(again).Error);
            AssertNothingLeft(again);
            Assert.Equal("router01", new StateStore(again).ReadState()!.Site);
            Assert.Contains(OldHash, again.Text("/etc/master.passwd"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_power_may_fail_again_while_the_machine_recovers()
    {
        var done = Becoming();
        Run(done);
        var next = Snapshot(done);
        var random = new Random(20261124);
        for (var round = 0; round < 300; round++)
        {
            var machine = CutAt(Becoming(), random.Next(done.Changes));
            for (var more = 0; more < 2; more++)
            {
                machine = FreeBsd.On(machine.Reboot(_ => random.Next(2) == 0));
                machine.PowerLossAt = random.Next(done.Changes / 2);
                try
                {
                    Run(machine);
                }
                catch (PowerLossException)
                {
                    // Or it was done before.
                }
            }

            machine = FreeBsd.On(machine.Reboot(_ => random.Next(2) == 0));
            Assert.Null(Run(machine).Error);
            Assert.Equal(next, Snapshot(machine));
            AssertNothingLeft(machine);
        }
    }

    [Fact]
    public void On_a_disk_that_does_not_flush_something_is_left()
    {
        var left = Enumerable
            .Range(0, ChangesOf(Becoming))
            .Select(step =>
            {
                var machine = Becoming();
                machine.ForgetsFlushes = true;
                var stuck = Stuck(CutAt(machine, step), ".appliance-");
                Run(stuck);
                return Left(stuck).Count;
            });
        Assert.Contains(left, count => count > 0);
    }

    [Fact]
    public void A_journal_that_came_back_empty_is_nothing_to_undo_and_goes()
    {
        var machine = Becoming();
        machine.Put(Journal.TargetPath, "");
        var stuck = Stuck(machine, "");
        var before = Snapshot(stuck);
        Run(stuck);
        Assert.Equal(before, Snapshot(stuck));
        AssertNothingLeft(stuck);
    }

    [Fact]
    public void What_the_password_programs_leave_would_stop_them_for_ever()
    {
        var machine = Fresh();
        machine.Put("/etc/pwd.db.tmp", "");
        var stage = Run(machine);
        Assert.Contains(
            "cannot be locked: exit 1: pwd_mkdb",
            stage.Error,
            StringComparison.Ordinal
        );

        // Not when it was a run of ours that was interrupted; and the owner's files stay.
        machine = Fresh();
        machine.Put("/etc/pwd.db.tmp", "");
        machine.Put("/etc/pw.conf", "");
        new StateStore(machine).WriteJournal(new Journal { Run = 1 });
        Assert.Null(Run(machine).Error);
        Assert.Contains("/etc/pw.conf", machine.Files.Keys);
    }

    [Fact]
    public void A_password_that_was_being_replaced_comes_back_with_the_old_machine()
    {
        var passwords = Enumerable
            .Range(0, ChangesOf(Becoming))
            .Select(step =>
            {
                var machine = CutAt(Becoming(), step);
                var isReplaced = machine.Files["/etc/master.passwd"].Text.Contains(NewHash);
                var stuck = Stuck(machine, "");
                Run(stuck);
                var state = new StateStore(stuck).ReadState()!;
                var hash = state.Site == "router01" ? OldHash : NewHash;
                Assert.Contains(hash, stuck.Text("/etc/master.passwd"), StringComparison.Ordinal);
                return (isReplaced, state.Site);
            })
            .ToList();
        Assert.Contains((true, "router01"), passwords);
    }

    [Fact]
    public void A_record_that_cannot_be_brought_to_the_disk_gives_way_to_the_earlier_one()
    {
        var machine = Becoming();
        var before = Snapshot(machine);
        var state = machine.Text(ApplianceState.TargetPath);
        machine.Fails = change =>
        {
            var isIt =
                change == $"rename {ApplianceState.TargetPath}.new {ApplianceState.TargetPath}";
            if (isIt)
            {
                // The new name is there, and then fsync(2) fails.
                machine.Fails = _ => false;
                machine.Rename(ApplianceState.TargetPath + ".new", ApplianceState.TargetPath);
            }

            return isIt;
        };
        Assert.Contains("no space left", Run(machine).Error, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot(machine));
        Assert.Equal(state, machine.Text(ApplianceState.TargetPath));
        AssertNothingLeft(machine);
    }

    private static FakeMachine Fresh() => FreeBsd.On(new FreeBsd(TestSites.Edge).Machine);

    /// <summary>A router whose seed says by now that it is a downstream host, with another password.</summary>
    private static FakeMachine Becoming()
    {
        var machine = Fresh();
        machine.Files.Remove(SiteDocument.TargetPath);
        machine.Disks[Seed] = Seeds.Carrying(TestSites.Edge, Password(OldHash));
        Assert.Null(Run(machine).Error);
        machine = FreeBsd.On(machine.Reboot());
        machine.Disks[Seed] = Seeds.Carrying(TestSites.Downstream, Password(NewHash));
        return machine;
    }

    private static string Password(string hash) => $"  console_password: {hash}\n";

    private static FakeMachine CutAt(FakeMachine machine, int step)
    {
        machine.PowerLossAt = step;
        Assert.Throws<PowerLossException>(() => Run(machine));
        return machine;
    }

    /// <summary>The machine after the power failure; nothing but what the run before left can be done on it.</summary>
    private static FakeMachine Stuck(FakeMachine machine, string back)
    {
        var stuck = FreeBsd.On(machine.Reboot(name => IsBack(name, back)));
        stuck.Programs["/sbin/ifconfig"] = _ => new(1, "", "ifconfig: no memory");
        return stuck;
    }

    private static bool IsBack(string name, string back) =>
        back.Length > 0 && name.Contains(back, StringComparison.Ordinal);

    private static int ChangesOf(Func<FakeMachine> start)
    {
        var machine = start();
        Run(machine);
        return machine.Changes;
    }

    private static EarlyStage Run(FakeMachine machine) =>
        new Personaliser(machine, Nobody.Reachable, TestSites.Render).Run();

    /// <summary>Files and their content, without what is made anew or counted by every run.</summary>
    private static List<string> Snapshot(FakeMachine machine) =>
        [
            .. machine
                .Files.Where(file =>
                    !file.Key.EndsWith(".new", StringComparison.Ordinal)
                    && !file.Key.StartsWith("/var/run/", StringComparison.Ordinal)
                    && !file.Key.Contains("ssh_host_", StringComparison.Ordinal)
                    && file.Key != ApplianceState.TargetPath
                    && file.Key != Journal.TargetPath
                )
                .Select(file =>
                    $"{file.Key} {file.Value.Mode} {file.Value.Owner} {file.Value.Text}"
                ),
        ];

    private static List<string> Left(FakeMachine machine) =>
        [
            .. machine.Files.Keys.Where(path =>
                path.Contains(".appliance-", StringComparison.Ordinal)
                || path.Contains("/pw.Ab", StringComparison.Ordinal)
                || path.EndsWith(".tmp", StringComparison.Ordinal)
                || path == Journal.TargetPath
            ),
        ];

    private static void AssertNothingLeft(FakeMachine machine) => Assert.Empty(Left(machine));
}
