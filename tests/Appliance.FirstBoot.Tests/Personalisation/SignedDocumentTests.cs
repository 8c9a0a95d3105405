using Appliance.Build.Seeds;
using Appliance.FirstBoot.Signatures;
using Appliance.FirstBoot.State;
using Appliance.FirstBoot.Tests.Fakes;
using Appliance.Rendering.Documents;
using Outcome = Appliance.Rendering.Verdicts.Personalisation;

namespace Appliance.FirstBoot.Tests.Personalisation;

/// <summary>Which signed document a machine accepts: serial numbers, sites, networks, expiry, replay.</summary>
public sealed class SignedDocumentTests : IDisposable
{
    private static readonly DateTimeOffset Today = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly SigningBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void A_document_older_than_the_one_accepted_is_refused_and_the_machine_stays_as_it_was()
    {
        bench.Boot(Signed(Serial(7, "seven.example.net")));
        var stage = bench.Boot(Signed(Serial(5, "five.example.net")));
        Assert.Equal(Outcome.Failed, stage.Personalisation);
        Assert.Contains("serial 5 is below 7", stage.Error, StringComparison.Ordinal);
        AssertIs("seven.example.net");
    }

    [Fact]
    public void A_document_older_than_the_one_in_the_image_is_refused()
    {
        bench.PutInImage(Serial(7, "image.example.net"));
        var stage = bench.Boot(Signed(Serial(6, "older.example.net")));
        Assert.Contains("serial 6 is below 7", stage.Error, StringComparison.Ordinal);
        Assert.True(bench.Boot(null).Personalisation is Outcome.Done);
        AssertIs("image.example.net");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(7L)]
    public void Another_document_of_the_same_serial_is_refused(long? serial)
    {
        bench.PutInImage(Serial(serial, "image.example.net"));
        var stage = bench.Boot(Signed(Serial(serial, "other.example.net")));
        Assert.Equal(Outcome.Failed, stage.Personalisation);
        Assert.Contains($"serial {serial ?? 0}", stage.Error, StringComparison.Ordinal);
        Assert.Contains("another content", stage.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_document_is_accepted_and_stays_when_the_seed_has_gone()
    {
        bench.PutInImage(Serial(1, "image.example.net"));
        Assert.Null(bench.Boot(Signed(Serial(2, "newer.example.net"))).Error);
        AssertIs("newer.example.net");
        Assert.Equal(Outcome.Kept, bench.Boot(null).Personalisation);
        AssertIs("newer.example.net");
    }

    [Fact]
    public void An_image_that_is_newer_than_what_was_accepted_counts()
    {
        bench.PutInImage(Serial(1, "image.example.net"));
        bench.Boot(Signed(Serial(2, "seed.example.net")));
        bench.PutInImage(Serial(3, "rebuilt.example.net"));
        Assert.Null(bench.Boot(null).Error);
        AssertIs("rebuilt.example.net");
    }

    [Fact]
    public void What_was_accepted_is_verified_again_and_a_forged_file_is_not_believed()
    {
        bench.PutInImage(Serial(1, "image.example.net"));
        bench.Boot(Signed(Serial(2, "seed.example.net")));
        bench.Machine.Put(
            SignedDocument.DocumentPath,
            bench
                .Machine.Text(SignedDocument.DocumentPath)!
                .Replace("seed.example.net", "forged.example.net", StringComparison.Ordinal)
        );
        Assert.Null(bench.Boot(null).Error);
        AssertIs("image.example.net");
    }

    [Fact]
    public void A_key_that_was_replaced_no_longer_counts()
    {
        bench.PutInImage(Serial(1, "image.example.net"));
        bench.Boot(Signed(Serial(9, "stolen.example.net")));
        bench.Machine.Put(DocumentSigning.SignersPath, bench.Signer("other"));
        Assert.Null(bench.Boot(null).Error);
        AssertIs("image.example.net");
        var newer = Serial(2, "two.example.net");
        Assert.Null(bench.Boot(Seed(newer, bench.Sign(newer, "other"))).Error);
        AssertIs("two.example.net");
    }

    [Fact]
    public void The_serial_survives_a_run_that_makes_a_minimal_machine()
    {
        bench.Boot(Signed(Serial(7, "seven.example.net")));
        bench.Machine.Files.Remove(ApplianceState.TargetPath);
        bench.Boot("#cloud-config\nappliance: {unknown: 1}\n");
        Assert.Contains(
            "serial 5 is below 7",
            bench.Boot(Signed(Serial(5, "five.example.net"))).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_serial_never_goes_back_whatever_is_offered_in_whatever_order()
    {
        var random = new Random(20261201);
        var current = (Serial: 3L, Hostname: "s3-v0.example.net");
        bench.PutInImage(Serial(current.Serial, current.Hostname));
        bench.Boot(null);
        for (var round = 0; round < 60; round++)
        {
            var serial = random.Next(1, 4 + round / 5);
            var offered = (
                Serial: (long)serial,
                Hostname: $"s{serial}-v{random.Next(2)}.example.net"
            );
            var isOffered = random.Next(4) > 0;
            var isRefused = isOffered && offered != current && offered.Serial <= current.Serial;
            var stage = bench.Boot(
                isOffered ? Signed(Serial(offered.Serial, offered.Hostname)) : null
            );
            Assert.Equal(isRefused, stage.Personalisation == Outcome.Failed);
            current = isOffered && !isRefused ? offered : current;
            AssertIs(current.Hostname);
        }
    }

    [Fact]
    public void Another_site_s_document_is_refused_by_an_image_of_one_site()
    {
        bench.PutInImage(TestSites.Edge);
        var stage = bench.Boot(Signed(TestSites.Downstream with { Serial = 9 }));
        Assert.Equal(Outcome.Failed, stage.Personalisation);
        Assert.Contains(
            "is of site vps01, and this machine is router01",
            stage.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Another_network_s_document_is_refused()
    {
        bench.PutInImage(TestSites.Edge);
        var stage = bench.Boot(Signed(TestSites.Edge with { Network = "foreign", Serial = 9 }));
        Assert.Contains("is of the network foreign", stage.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signed_document_chooses_the_site_of_an_image_of_many_and_binds_the_machine()
    {
        PutChoices();
        Assert.Null(bench.Boot(Signed(Site("two") with { Serial = 1 })).Error);
        AssertIs("two.example.net");
        var stage = bench.Boot(Signed(Site("one") with { Serial = 2 }));
        Assert.Contains(
            "is of site one, and this machine is two",
            stage.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(Outcome.Kept, bench.Boot(null).Personalisation);
    }

    [Fact]
    public void An_unsigned_choice_of_a_site_leaves_the_machine_minimal_and_says_why()
    {
        PutChoices();
        var stage = bench.Boot("#cloud-config\nappliance: {site: two}\n");
        Assert.Equal((Outcome.Failed, true), (stage.Personalisation, stage.Minimal));
        Assert.Contains("disk: site is not signed", stage.Error, StringComparison.Ordinal);
        Assert.Contains(
            stage.Sources!.Single(source => source.Name == "disk").Ignored,
            text => text.StartsWith("site is not signed", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void An_unsigned_name_of_the_only_site_is_accepted()
    {
        bench.PutChoice(Site("one"));
        Assert.Null(bench.Boot("#cloud-config\nappliance: {site: one}\n").Error);
        AssertIs("one.example.net");
        Assert.Equal(Outcome.Kept, bench.Boot(null).Personalisation);
    }

    [Fact]
    public void An_unsigned_document_is_ignored_where_the_image_has_one()
    {
        bench.PutInImage(Serial(1, "image.example.net"));
        var stage = bench.Boot(Seed(Serial(2, "unsigned.example.net"), null));
        Assert.Equal((Outcome.Done, null), (stage.Personalisation, stage.Error));
        AssertIs("image.example.net");
    }

    [Theory]
    [InlineData("2026-11-30T00:00:00Z", "2026-12-01T12:00:00Z", "the clock says 2026-12-01")]
    [InlineData("2026-11-30T00:00:00Z", "1970-01-01T00:00:00Z", null)]
    [InlineData("2026-11-30T00:00:00Z", "2118-01-01T00:00:00Z", null)]
    [InlineData("2026-12-02T00:00:00Z", "2026-12-01T12:00:00Z", null)]
    [InlineData("2025-11-30T00:00:00Z", "1970-01-01T00:00:00Z", "it is at least 2025-12-01")]
    public void An_expired_document_is_refused_as_far_as_the_time_is_known(
        string notAfter,
        string clock,
        string? reason
    )
    {
        bench.Machine.Clock = DateTimeOffset.Parse(clock, null);
        var stage = bench.Boot(Signed(TestSites.Edge with { NotAfter = notAfter }));
        if (reason is null)
        {
            Assert.Equal((Outcome.Done, null), (stage.Personalisation, stage.Error));
            Assert.Equal(
                clock.StartsWith("2026", StringComparison.Ordinal) ? 0 : 1,
                stage.Findings!.Count(finding => finding.Subject == "document.not_after")
            );
            return;
        }

        Assert.Equal(Outcome.Failed, stage.Personalisation);
        Assert.Contains($"expired on {notAfter}", stage.Error, StringComparison.Ordinal);
        Assert.Contains(reason, stage.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_time_at_which_a_document_was_issued_is_certain_whatever_the_clock_says()
    {
        bench.PutInImage(Serial(1, "image.example.net") with { Issued = "2027-01-01T00:00:00Z" });
        var stage = bench.Boot(
            Signed(Serial(2, "two.example.net") with { NotAfter = "2026-12-31T00:00:00Z" })
        );
        Assert.Contains("it is at least 2027-01-01", stage.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_keeps_the_document_that_it_runs_on_when_that_expires()
    {
        bench.Machine.Clock = Today;
        var document = TestSites.Edge with { Serial = 3, NotAfter = "2026-12-31T00:00:00Z" };
        Assert.Null(bench.Boot(Signed(document)).Error);
        bench.Machine.Clock = Today.AddYears(1);
        Assert.Null(bench.Boot(Signed(document)).Error);
        Assert.Null(bench.Boot(null).Error);
    }

    [Fact]
    public void An_accepted_document_opens_the_minimal_machine_that_stands_in_for_it()
    {
        var document = TestSites.Edge with
        {
            Admin = new AdminDocument { SshKeys = [Seeds.Key], SshFrom = ["198.18.0.0/24"] },
            Interfaces =
            [
                TestSites.Edge.Interfaces[0] with
                {
                    Match = new InterfaceMatch { Driver = "em", Index = 7 },
                },
            ],
        };
        var stage = bench.Boot(Signed(document));
        Assert.True(stage.Minimal, stage.Error);
        Assert.Contains(
            Seeds.Key,
            bench.Machine.Text("/root/.ssh/authorized_keys"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "198.18.0.0/24",
            bench.Machine.Text("/etc/pf.conf"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Without_signing_keys_serial_numbers_mean_nothing()
    {
        bench.Machine.Files.Remove(DocumentSigning.SignersPath);
        bench.PutInImage(Serial(7, "image.example.net"));
        Assert.Null(bench.Boot(Seed(Serial(5, "five.example.net"), null)).Error);
        AssertIs("five.example.net");
        Assert.Null(bench.Machine.Text(SignedDocument.DocumentPath));
    }

    private static SiteDocument Serial(long? serial, string hostname) =>
        TestSites.Edge with
        {
            Serial = serial,
            Hostname = hostname,
        };

    private static SiteDocument Site(string name) =>
        TestSites.Edge with
        {
            Site = name,
            Hostname = $"{name}.example.net",
        };

    private void PutChoices()
    {
        bench.PutChoice(Site("one"));
        bench.PutChoice(Site("two"));
    }

    private void AssertIs(string hostname) =>
        Assert.Contains(
            $"hostname=\"{hostname}\"",
            bench.Machine.Text("/etc/rc.conf"),
            StringComparison.Ordinal
        );

    private string Signed(SiteDocument document) => Seed(document, bench.Sign(document));

    private static string Seed(SiteDocument document, string? signature) =>
        SeedFiles.UserData(new SeedRequest { Document = document, Signature = signature });
}
