using Appliance.FirstBoot.Personalisation;
using Appliance.FirstBoot.State;
using Appliance.FirstBoot.Tests.Fakes;
using Appliance.Rendering;
using Appliance.Rendering.Documents;
using Outcome = Appliance.Rendering.Verdicts.Personalisation;

namespace Appliance.FirstBoot.Tests.Personalisation;

/// <summary>A private key that metadata brings, with the real templates.</summary>
public sealed class RtrKeyTests
{
    private const string Body = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ";
    private const string Path = "/usr/local/etc/frr/rtr/rtr-key.key";
    private const int OwnerOnly = 0b110_000_000;

    [Fact]
    public void A_key_from_metadata_lies_in_two_closed_files_and_nowhere_else()
    {
        var (machine, stage) = Run(
            $"-----BEGIN OPENSSH PRIVATE KEY-----\\n{Body}\\n-----END OPENSSH PRIVATE KEY-----\\n"
        );
        Assert.Equal((Outcome.Done, null), (stage.Personalisation, stage.Error));
        Assert.Equal(
            [Path, StoredSecrets.TargetPath],
            machine
                .Files.Where(file => file.Value.Text.Contains(Body, StringComparison.Ordinal))
                .Select(file => file.Key)
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(OwnerOnly, machine.Files[StoredSecrets.TargetPath].Mode);
        var key = machine.Files[Path];
        Assert.Equal((OwnerOnly, 101), (key.Mode, key.Owner.User));
        Assert.Contains(
            $" rpki cache ssh 192.0.2.53 22 router {Path} ",
            machine.Text("/usr/local/etc/frr/frr.conf"),
            StringComparison.Ordinal
        );
        Assert.All(
            machine.Log,
            line => Assert.DoesNotContain(Body, line, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Something_else_than_a_key_leaves_its_cache_alone_unasked_and_is_not_repeated()
    {
        var (machine, stage) = Run("hunter2hunter2");
        Assert.Equal((Outcome.Done, false), (stage.Personalisation, stage.Minimal));
        var finding = Assert.Single(stage.Findings!);
        Assert.Equal(("rpki.192.0.2.53.secret", "rtr-key"), (finding.Subject, finding.Document));
        Assert.All(
            machine.Files.Values,
            file => Assert.DoesNotContain("hunter2", file.Text, StringComparison.Ordinal)
        );
    }

    private static (FakeMachine Machine, EarlyStage Stage) Run(string value)
    {
        var cache = new RpkiCacheDocument
        {
            Host = "192.0.2.53",
            Port = 22,
            Ssh = new RpkiSshDocument
            {
                User = "router",
                KeySecret = "rtr-key",
                HostKey =
                    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP7RoGvVyEPkwEjVNVVUsXIiAGxK+00gvVMPYfhSsmlV",
            },
        };
        var document = TestSites.Edge with
        {
            Bgp = TestSites.Edge.Bgp! with { RpkiCaches = [cache] },
        };
        var machine = FreeBsd.On(new FreeBsd(document).Machine);
        machine.Disks["/dev/vtbd1"] = Seeds.UserData($"  secrets: {{rtr-key: \"{value}\"}}\n");
        var personaliser = new Personaliser(
            machine,
            Nobody.Reachable,
            (site, names, secrets) => SiteRenderer.Render(site, names, secrets)
        );
        return (machine, personaliser.Run());
    }
}
