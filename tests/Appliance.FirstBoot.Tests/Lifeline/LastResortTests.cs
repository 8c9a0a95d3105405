using Appliance.FirstBoot.Http;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Personalisation;
using Appliance.FirstBoot.State;
using Appliance.FirstBoot.Tests.Fakes;
using Appliance.FirstBoot.Verdicts;
using Appliance.Rendering;
using Appliance.Rendering.Documents;
using Outcome = Appliance.Rendering.Verdicts.Personalisation;

namespace Appliance.FirstBoot.Tests.Lifeline;

/// <summary>Failures that no value explains: there is a machine all the same, or at least none with an open root.</summary>
public sealed class LastResortTests
{
    private readonly FreeBsd bsd = new(TestSites.Edge);

    [Fact]
    public void A_renderer_that_throws_for_what_is_known_leaves_a_machine_of_DHCP_and_the_keys()
    {
        var machine = FreeBsd.On(bsd.Machine);
        machine.Files.Remove(SiteDocument.TargetPath);
        machine.Disks["/dev/vtbd1"] = Seeds.Disk(
            $"#cloud-config\nhostname: r1\nssh_authorized_keys: ['{Seeds.Key}']\nappliance: {{ssh_from: [192.0.2.0/24]}}\n"
        );
        var stage = new Personaliser(
            machine,
            Nobody.Reachable,
            (document, names, secrets) =>
                document.Hostname == SiteDocument.Nobody
                    ? SiteRenderer.Render(document, names, secrets)
                    : throw new InvalidOperationException("of the renderer")
        ).Run();
        Assert.Equal((Outcome.Failed, true), (stage.Personalisation, stage.Minimal));
        Assert.Contains(
            "the minimal machine has DHCP alone: InvalidOperationException: of the renderer",
            stage.Error,
            StringComparison.Ordinal
        );
        var rc = machine.Text("/etc/rc.conf")!;
        Assert.Contains("SYNCDHCP", rc, StringComparison.Ordinal);
        Assert.Contains("accept_rtadv", rc, StringComparison.Ordinal);
        Assert.Contains("sshd_enable=\"YES\"", rc, StringComparison.Ordinal);
        Assert.Contains("icmp6-type 134", machine.Text("/etc/pf.conf"), StringComparison.Ordinal);
        Assert.Equal(
            Seeds.Key + "\n",
            machine.Text("/root/.ssh/authorized_keys")!.Split('\n', 2)[1]
        );
        AssertLocked(machine);
    }

    [Theory]
    [InlineData("renderer")]
    [InlineData("ssh-keygen")]
    [InlineData("interfaces")]
    public void Without_any_machine_root_and_toor_are_locked(string broken)
    {
        var machine = FreeBsd.On(bsd.Machine);
        machine.Put(
            "/etc/master.passwd",
            "root::0:0::0:0::/root:/bin/sh\ntoor:*:0:0::0:0::/root:\n",
            0b110_000_000
        );
        Renderer render = TestSites.Render;
        switch (broken)
        {
            case "renderer":
                render = (_, _, _) => throw new InvalidOperationException();
                break;
            case "interfaces":
                bsd.Outputs["ifconfig"] = "";
                break;
            default:
                machine.Programs["/usr/bin/ssh-keygen"] = _ => new ProgramResult(1, "", "no");
                break;
        }

        var stage = new Personaliser(machine, Nobody.Reachable, render).Run();
        Assert.Equal((Outcome.Failed, false), (stage.Personalisation, stage.Minimal));
        Assert.Contains("minimal machine", stage.Error, StringComparison.Ordinal);
        AssertLocked(machine);
    }

    [Fact]
    public void A_metadata_service_that_runs_out_of_time_keeps_what_it_gave()
    {
        var machine = FreeBsd.On(bsd.Machine);
        machine.Files.Remove(SiteDocument.TargetPath);
        bsd.Outputs["kenv"] = "smbios.system.maker=\"Hetzner\"\n";
        var service = new Answers(request =>
        {
            if (request.Path == "/hetzner/v1/metadata")
            {
                return $"instance-id: 7\nhostname: r7\npublic-keys: ['{Seeds.Key}']\n";
            }

            machine.Pause(TimeSpan.FromMinutes(2));
            throw new HttpException("no answer");
        });
        new Personaliser(machine, service, TestSites.Render).Run();
        var verdict = new Verifier(machine, TestSites.Render, TimeSpan.Zero).Run();
        Assert.Equal("7", verdict.InstanceId);
        Assert.Contains(
            Seeds.Key,
            machine.Text("/root/.ssh/authorized_keys"),
            StringComparison.Ordinal
        );
        var source = verdict.Sources.Single(item => item.Name == "http");
        Assert.Contains("1 ssh keys", source.Gave);
        Assert.Contains("the time for metadata is over", source.Note, StringComparison.Ordinal);
    }

    private static void AssertLocked(FakeMachine machine) =>
        Assert.StartsWith("root:*:", machine.Text("/etc/master.passwd"), StringComparison.Ordinal);
}
