using Appliance.Rendering.Documents;

namespace Appliance.Rendering.Tests.Policies;

/// <summary>What sessions need outside of frr.conf.</summary>
public class SessionFileTests
{
    private const string Ipsec = "/etc/ipsec.conf";
    private const string Cron = "/etc/cron.d/appliance-rpki";

    [Fact]
    public void A_password_becomes_keys_of_both_directions_that_only_root_reads()
    {
        var document = Fixture.Document("router01");
        var file = Render(document, "s3cr3t-Value").Single(file => file.Path == Ipsec);
        var keys = file
            .Content.Split('\n')
            .Where(line => line.StartsWith("add", StringComparison.Ordinal));
        Assert.Equal(
            [
                "add -6 2001:db8:300::2 2001:db8:300::3 tcp 0x1000 -A tcp-md5 \"s3cr3t-Value\";",
                "add -6 2001:db8:300::3 2001:db8:300::2 tcp 0x1000 -A tcp-md5 \"s3cr3t-Value\";",
            ],
            keys
        );
        Assert.Equal(0b110_000_000, file.Mode);
        Assert.Equal("root", file.Owner);
    }

    [Fact]
    public void Without_the_secret_the_file_is_there_and_holds_no_key()
    {
        // rc.d/ipsec ends the boot when its file is missing.
        var text = Fixture.Render("router01").Text(Ipsec);
        Assert.DoesNotContain("add ", text, StringComparison.Ordinal);
        Assert.Contains("ifog-md5", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Fixture.Render("vps01"), file => file.Path == Ipsec);
    }

    [Fact]
    public void Keys_are_loaded_where_FRR_runs_and_a_session_has_a_password()
    {
        Assert.Contains(
            "\nipsec_enable=\"YES\"\n",
            RcConf(Fixture.Document("ix03")),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "ipsec_enable",
            RcConf(WithoutPasswords("ix03")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Routes_are_looked_at_again_where_a_cache_validates_them()
    {
        var document = Fixture.Document("ix03");
        Assert.Contains(
            "\n*/15 * * * * root /usr/local/bin/vtysh -c 'clear bgp * soft in' >",
            Fixture.Render(document).Text(Cron),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            Fixture.Render(document with { Bgp = document.Bgp! with { RpkiCaches = [] } }),
            file => file.Path == Cron
        );
    }

    [Theory]
    [InlineData(new[] { "rpki" }, "-A 127.0.0.1 -M rpki")]
    [InlineData(new[] { "rpki", "bmp" }, "-A 127.0.0.1 -M rpki -M bmp")]
    public void A_module_is_loaded_if_the_package_has_it(string[] modules, string flags)
    {
        var document = Fixture.Document("ix03");
        document = document with { System = document.System with { FrrModules = modules } };
        Assert.Contains($"\nbgpd_flags=\"{flags}\"\n", RcConf(document), StringComparison.Ordinal);
        Assert.Equal(
            modules.Contains("bmp"),
            Fixture
                .Render(document)
                .Text("/usr/local/etc/frr/frr.conf")
                .Contains("\n bmp targets", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Without_the_RPKI_module_caches_are_refused_since_nothing_would_be_validated()
    {
        var document = Fixture.Document("ix03");
        var exception = Assert.Throws<RenderingException>(() =>
            Fixture.Render(document with { System = document.System with { FrrModules = [] } })
        );
        Assert.Equal("$.bgp.rpki_caches", exception.Where);
    }

    [Fact]
    public void Bfdd_runs_where_a_session_wants_it()
    {
        var rcConf = RcConf(Fixture.Document("ix03"));
        Assert.Contains("staticd bgpd bfdd\"", rcConf, StringComparison.Ordinal);
        // Without it anybody who reaches the machine could talk to the daemon.
        Assert.Contains("bfdd_flags=\"-A 127.0.0.1\"", rcConf, StringComparison.Ordinal);
        Assert.DoesNotContain("bfdd", RcConf(Fixture.Document("edge02")), StringComparison.Ordinal);
    }

    private static SiteDocument WithoutPasswords(string site)
    {
        var document = Fixture.Document(site);
        return document with
        {
            Bgp = document.Bgp! with
            {
                Neighbors =
                [
                    .. document.Bgp.Neighbors.Select(item => item with { PasswordSecret = null }),
                ],
            },
        };
    }

    private static string RcConf(SiteDocument document) =>
        Fixture.Render(document).Text("/etc/rc.conf");

    private static IReadOnlyList<RenderedFile> Render(SiteDocument document, string password) =>
        SiteRenderer.Render(
            document,
            Fixture.Devices(document),
            new Secrets(new Dictionary<string, string> { ["ifog-md5"] = password })
        );
}
