using Appliance.FirstBoot.Commands;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Personalisation;
using Appliance.FirstBoot.State;
using Appliance.FirstBoot.Tests.Fakes;
using Appliance.FirstBoot.Verdicts;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Verdicts;
using Outcome = Appliance.Rendering.Verdicts.Personalisation;

namespace Appliance.FirstBoot.Tests.Verdicts;

public class VerifierTests
{
    private readonly FreeBsd bsd = new(TestSites.Edge);

    [Fact]
    public void The_second_boot_says_that_it_kept_what_it_found()
    {
        var first = FreeBsd.On(bsd.Machine);
        new Personaliser(first, Nobody.Reachable, TestSites.Render).Run();
        Assert.Equal((Outcome.Done, 1), Brief(Verify(first)));
        var second = FreeBsd.On(first.Reboot());
        Assert.Equal((Outcome.Kept, 2), Brief(Verify(second)));
        Assert.Equal((Outcome.Kept, 2), Brief(Verify(second)));
        Assert.Equal((Outcome.Kept, 3), Brief(Verify(FreeBsd.On(second.Reboot()))));
    }

    [Fact]
    public void The_full_verdict_lies_on_the_disk()
    {
        var machine = FreeBsd.On(bsd.Machine);
        new Personaliser(machine, Nobody.Reachable, TestSites.Render).Run();
        var verdict = Verify(machine);
        var stored = VerdictJson.Read(machine.Text(Verdict.TargetPath)!);
        Assert.Equal(VerdictJson.WriteLine(verdict), VerdictJson.WriteLine(stored));
        Assert.True(stored.Checks.Count > 30);
    }

    [Fact]
    public void The_host_key_is_told_as_ssh_keygen_tells_it()
    {
        var machine = FreeBsd.On(bsd.Machine);
        new Personaliser(machine, Nobody.Reachable, TestSites.Render).Run();
        Assert.Null(Verify(machine).HostKey);
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Seeds.Key + "\n");
            machine.Put("/etc/ssh/ssh_host_ed25519_key.pub", Seeds.Key + "\n");
            var line = ForeignTool.Run("ssh-keygen", "-l", "-f", file);
            Assert.Equal(line.Split(' ')[1], Verify(machine).HostKey);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData(BaseSource.Packages, 1, true, "the image has patch level 1, from packages")]
    [InlineData(BaseSource.Sets, 0, true, "from release sets, without later security fixes")]
    [InlineData(BaseSource.Sets, null, false, "from sets that are not FreeBSD's own")]
    public void The_verdict_has_the_running_patch_level_beside_the_images(
        BaseSource source,
        int? level,
        bool official,
        string expected
    )
    {
        var machine = FreeBsd.On(bsd.Machine);
        machine.Put(
            ImageBase.TargetPath,
            System.Text.Encoding.UTF8.GetString(
                new ImageBase
                {
                    Release = "15.9-RELEASE",
                    Source = source,
                    PatchLevel = level,
                    Official = official,
                }.Write()
            )
        );

        var verdict = Verify(machine);

        Assert.Equal(("15.9-RELEASE-p1", "15.9-RELEASE-p2"), (verdict.Kernel, verdict.Userland));
        Assert.Equal((source, level), (verdict.Base!.Source, verdict.Base.PatchLevel));
        using var text = new StringWriter();
        VerdictText.Write(text, verdict);
        Assert.Contains("FreeBSD 15.9-RELEASE-p2, kernel 15.9-RELEASE-p1", text.ToString());
        Assert.Contains(expected, text.ToString());
    }

    [Fact]
    public void A_system_that_does_not_say_its_version_has_a_verdict_without_one()
    {
        var machine = FreeBsd.On(bsd.Machine);
        machine.Programs["/bin/freebsd-version"] = _ => new ProgramResult(1, "", "no such file");
        machine.Put(ImageBase.TargetPath, "{");

        var verdict = Verify(machine);

        Assert.Null(verdict.Userland);
        Assert.Null(verdict.Base);
    }

    [Fact]
    public void What_comes_up_late_is_waited_for()
    {
        var machine = FreeBsd.On(bsd.Machine);
        new Personaliser(machine, Nobody.Reachable, TestSites.Render).Run();
        var ready = bsd.Outputs["sockstat"];
        machine.Programs["/usr/bin/sockstat"] = _ => new ProgramResult(
            0,
            machine.Elapsed < TimeSpan.FromSeconds(5) ? "{}" : ready,
            ""
        );
        var verdict = Verify(machine);
        Assert.True(verdict.Ok);
        Assert.Equal(TimeSpan.FromSeconds(5), machine.Elapsed);
        // Waiting is no work.
        Assert.Equal(0, verdict.Milliseconds);
    }

    [Fact]
    public void What_never_comes_up_fails_when_the_patience_is_over()
    {
        var machine = FreeBsd.On(bsd.Machine);
        new Personaliser(machine, Nobody.Reachable, TestSites.Render).Run();
        bsd.Outputs["sockstat"] = "{}";
        var verdict = Verify(machine);
        Assert.False(verdict.Ok);
        Assert.Equal(2, verdict.Failed);
        Assert.Equal(TimeSpan.FromSeconds(10), machine.Elapsed);
    }

    [Fact]
    public void A_failed_personalisation_is_a_failed_verdict_with_its_reason()
    {
        bsd.Outputs["ifconfig"] = "";
        var machine = FreeBsd.On(bsd.Machine);
        new Personaliser(machine, Nobody.Reachable, TestSites.Render).Run();
        var verdict = Verify(machine);
        Assert.Equal((Outcome.Failed, 1), Brief(verdict));
        Assert.False(verdict.Ok);
        Assert.Equal("router01", verdict.Site);
        Assert.Contains("no device with driver vtnet", verdict.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_personalisation_that_never_ran_is_a_failed_verdict()
    {
        var verdict = Verify(FreeBsd.On(bsd.Machine));
        Assert.Equal((Outcome.Failed, 1), Brief(verdict));
        Assert.Contains("never started", verdict.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_that_was_changed_and_not_applied_is_a_failed_verdict()
    {
        var machine = FreeBsd.On(bsd.Machine);
        new Personaliser(machine, Nobody.Reachable, TestSites.Render).Run();
        machine = FreeBsd.On(machine.Reboot());
        machine.Put(
            SiteDocument.TargetPath,
            machine
                .Text(SiteDocument.TargetPath)!
                .Replace("64500", "64501", StringComparison.Ordinal)
        );
        Assert.Equal(Outcome.Failed, Verify(machine).Personalisation);
    }

    [Fact]
    public void A_state_that_cannot_be_read_counts_as_none()
    {
        var machine = FreeBsd.On(bsd.Machine);
        new Personaliser(machine, Nobody.Reachable, TestSites.Render).Run();
        machine = FreeBsd.On(machine.Reboot());
        machine.Put(ApplianceState.TargetPath, "{");
        Assert.Equal(Outcome.Failed, Verify(machine).Personalisation);
        Assert.Equal(
            Outcome.Done,
            new Personaliser(machine, Nobody.Reachable, TestSites.Render).Run().Personalisation
        );
        Assert.True(Verify(machine).Ok);
    }

    private static (Outcome, int) Brief(Verdict verdict) => (verdict.Personalisation, verdict.Boot);

    private static Verdict Verify(FakeMachine machine) =>
        new Verifier(machine, TestSites.Render, TimeSpan.FromSeconds(10)).Run();
}
