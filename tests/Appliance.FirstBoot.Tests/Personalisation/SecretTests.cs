using Appliance.FirstBoot.Commands;
using Appliance.FirstBoot.Personalisation;
using Appliance.FirstBoot.State;
using Appliance.FirstBoot.Tests.Fakes;
using Appliance.FirstBoot.Verdicts;
using Appliance.Rendering;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Verdicts;
using Outcome = Appliance.Rendering.Verdicts.Personalisation;

namespace Appliance.FirstBoot.Tests.Personalisation;

/// <summary>A secret that is missing or cannot be used shuts its own session, and nothing else.</summary>
public sealed class SecretTests
{
    private static readonly SiteDocument Document = TestSites.Edge with
    {
        Bgp = TestSites.Edge.Bgp! with
        {
            Neighbors =
            [
                Neighbor("good", "2001:db8:100::1", "good-md5"),
                Neighbor("bad", "2001:db8:300::3", "bad-md5"),
            ],
        },
    };

    public static TheoryData<string, string> Values() =>
        new()
        {
            { "\"two words\"", "a blank" },
            { $"'{new string('x', 81)}'", "81 characters" },
            { "''", "it is empty" },
            { "", "it is empty" },
            { "[a, b]", "it is empty" },
            { "\"tab\\tend\"", "a control character" },
            { "\"caf\\u00e9\"", "not ASCII" },
        };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_secret_that_cannot_be_used_shuts_its_session_alone(string yaml, string reason)
    {
        var machine = Boot($"  secrets: {{good-md5: 'hunter2#!\"', bad-md5: {yaml}}}\n");
        var verdict = new Verifier(machine, Render, TimeSpan.Zero).Run();
        Assert.Equal((Outcome.Done, null), (verdict.Personalisation, verdict.Error));
        Assert.False(verdict.Minimal);
        var frr = machine.Text("/usr/local/etc/frr/frr.conf")!;
        Assert.Contains(
            " neighbor 2001:db8:100::1 password hunter2#!\"\n",
            frr,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("2001:db8:100::1 shutdown", frr, StringComparison.Ordinal);
        Assert.Contains(
            " neighbor 2001:db8:300::3 shutdown message waits for the secret bad-md5\n",
            frr,
            StringComparison.Ordinal
        );
        var finding = Assert.Single(verdict.Findings);
        Assert.Equal(
            ("neighbor.bad.secret", "bad-md5", false),
            (finding.Subject, finding.Document, finding.IsConflict)
        );
        Assert.Contains(reason, finding.Metadata, StringComparison.Ordinal);
        var text = new StringWriter();
        VerdictText.Write(text, verdict);
        Assert.Contains(
            "neighbor.bad: the secret bad-md5 cannot be used: ",
            text.ToString(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("hunter2", text.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "bad-md5\":",
            machine.Text(StoredSecrets.TargetPath)!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_secret_that_is_missing_is_named_with_its_session()
    {
        var verdict = new Verifier(
            Boot("  secrets: {good-md5: hunter2}\n"),
            Render,
            TimeSpan.Zero
        ).Run();
        Assert.Null(verdict.Error);
        var finding = Assert.Single(verdict.Findings);
        Assert.Equal(
            ("neighbor.bad.secret", SecretGap.Missing),
            (finding.Subject, finding.Metadata)
        );
    }

    private static FakeMachine Boot(string appliance)
    {
        var machine = FreeBsd.On(new FreeBsd(Document).Machine);
        machine.Disks["/dev/vtbd1"] = Seeds.UserData(appliance);
        new Personaliser(machine, Nobody.Reachable, Render).Run();
        return machine;
    }

    private static IReadOnlyList<RenderedFile> Render(
        SiteDocument document,
        InterfaceNames names,
        Secrets secrets
    ) => SiteRenderer.Render(document, names, secrets);

    private static NeighborDocument Neighbor(string name, string address, string secret) =>
        new()
        {
            Name = name,
            Address = address,
            Asn = 64497,
            Over = address == "2001:db8:100::1" ? "wan" : "gre0",
            PasswordSecret = secret,
        };
}
