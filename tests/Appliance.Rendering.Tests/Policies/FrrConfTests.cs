using Appliance.Rendering.Documents;
using Appliance.Rendering.Policies;

namespace Appliance.Rendering.Tests.Policies;

/// <summary>FRR's own parser reads frr.conf.</summary>
public class FrrConfTests
{
    /// <summary>By its whole path: OpenBGPD has a bgpd, too.</summary>
    private const string Bgpd = "/usr/lib/frr/bgpd";

    /// <summary>Commands of zebra, staticd and vtysh, which bgpd does not know.</summary>
    private static readonly string[] OtherDaemons =
    [
        "service integrated-vtysh-config",
        "no ip nht",
        "no ipv6 nht",
        "ip route",
        "ipv6 route",
        // bgpd tells zebra of it at once, and there is no zebra here.
        " neighbor 2001:db8:900::6:4497:1 graceful-restart",
    ];

    /// <summary>Blocks of other daemons and of modules, from a first line to "exit" at its indent.</summary>
    private static readonly string[] OtherBlocks = ["bfd", "rpki", " bmp targets station"];

    public static TheoryData<string> Edges => ["router01", "edge02", "ix03"];

    [Theory]
    [MemberData(nameof(Edges))]
    public void Vtysh_accepts_the_file(string site)
    {
        var (exitCode, output) = Vtysh(ForInstalledVersion(site));
        Assert.True(exitCode == 0, output);
        Assert.Empty(output);
    }

    [Theory]
    [MemberData(nameof(Edges))]
    public void Bgpd_knows_every_command_that_is_its_own(string site)
    {
        Assert.Empty(UnknownToBgpd(ForInstalledVersion(site)));
    }

    [Theory]
    [InlineData("remote-as 64496", "remote-as many")]
    [InlineData(" le 128", " le 129")]
    [InlineData("route-map filter-v6 deny 10", "route-map filter-v6 perhaps 10")]
    [InlineData("address-family ipv6 unicast", "address-family ipv6 unicast x")]
    [InlineData(" maximum-prefix 350000", " maximum-prefix -1")]
    public void Both_refuse_a_broken_file(string part, string replacement)
    {
        var text = ForInstalledVersion("router01");
        Assert.Contains(part, text, StringComparison.Ordinal);
        var broken = text.Replace(part, replacement, StringComparison.Ordinal);
        Assert.NotEmpty(Vtysh(broken).All);
        Assert.NotEmpty(UnknownToBgpd(broken));
    }

    [Fact]
    public void The_RPKI_cache_is_written_for_the_version_that_reads_it()
    {
        var document = Fixture.Document("router01");
        Assert.Contains(
            "\n rpki cache tcp 192.0.2.53 3323 preference 1\n",
            Frr(document),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\n rpki cache 192.0.2.53 3323 preference 1\n",
            Frr(With(document, "9.1")),
            StringComparison.Ordinal
        );
        Assert.NotEqual(0, Vtysh(Frr(document)).ExitCode);
    }

    [Theory]
    [InlineData(true, "none")]
    [InlineData(false, "blackhole no-advertise")]
    public void What_a_customer_has_dropped_is_told_only_to_who_drops_it_too(
        bool passed,
        string communities
    )
    {
        var document = Fixture.Document("ix03");
        var bgp = document.Bgp!;
        var text = Frr(
            document with
            {
                Bgp = bgp with
                {
                    Neighbors =
                    [
                        .. bgp.Neighbors.Select(neighbor =>
                            passed ? neighbor : neighbor with { BlackholeCommunity = null }
                        ),
                    ],
                },
            }
        );
        Assert.Contains(
            $"\n set community {communities}\n set large-community 64500:2:64499 64500:3:666\nexit\n",
            text,
            StringComparison.Ordinal
        );
        var told = bgp.Neighbors.Count(neighbor =>
            passed
            && neighbor.BlackholeCommunity is not null
            && neighbor.Address.Contains(':', StringComparison.Ordinal)
        );
        Assert.Equal(told, text.Split("\n description request-told\n").Length - 1);
    }

    [Fact]
    public void A_link_in_a_customer_s_space_cannot_be_dropped()
    {
        var document = Fixture.Document("ix03");
        var text = Frr(
            document with
            {
                Bgp = document.Bgp! with
                {
                    Neighbors =
                    [
                        .. document.Bgp.Neighbors.Select(neighbor =>
                            neighbor.Name == "buyer"
                                ? neighbor with
                                {
                                    AllowedPrefixes = ["2001:db8:300::/40"],
                                }
                                : neighbor
                        ),
                    ],
                },
            }
        );
        Assert.Contains(
            """
            ipv6 prefix-list requests-buyer seq 5 deny 2001:db8:300::2/127 le 128
            ipv6 prefix-list requests-buyer seq 10 permit 2001:db8:300::/40 ge 64

            """.ReplaceLineEndings("\n"),
            text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("8.4.4", "ebgp-multihop 255")]
    [InlineData("9.0", "ebgp-multihop 255")]
    [InlineData("9", "ebgp-multihop 255")]
    [InlineData("9.1", "ebgp-multihop")]
    [InlineData("10", "ebgp-multihop")]
    [InlineData("10.7.0", "ebgp-multihop")]
    [InlineData(null, "ebgp-multihop 255")]
    public void The_full_hop_limit_is_said_as_bgpd_shows_it(string? version, string said)
    {
        var lines = Frr(With(Fixture.Document("ix03"), version)).Split('\n');
        Assert.Contains($" neighbor 2001:db8:900::6:4497:1 {said}", lines);
        Assert.Contains(" neighbor 2001:db8:700::7 ebgp-multihop 4", lines);
    }

    /// <summary>frr-reload.py says whatever bgpd does not show, and saying this one again resets every session.</summary>
    [Theory]
    [InlineData("8.4.4", true)]
    [InlineData("10.4.3", true)]
    [InlineData("10.5.0", false)]
    [InlineData("10.7.0", false)]
    [InlineData("11.0", false)]
    [InlineData(null, true)]
    public void What_bgpd_does_by_itself_and_does_not_show_is_not_said(string? version, bool said)
    {
        var document = With(Fixture.Document("router01"), version);
        Assert.Equal(
            said,
            Frr(document).Contains("\n bgp reject-as-sets\n", StringComparison.Ordinal)
        );
        Assert.Contains(
            "\n no bgp reject-as-sets\n",
            FrrPolicy.RenderWithout(document, Fixture.Devices(document), null, ["as-sets"]),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(PreflightHold.Sessions, "\n bgp shutdown message preflight\n")]
    [InlineData(
        PreflightHold.Announcements,
        "deny 1\n description held by preflight\nexit\nroute-map export-"
    )]
    [InlineData(PreflightHold.Nothing, null)]
    public void What_waits_for_the_preflight_is_held_back(PreflightHold hold, string? held)
    {
        var document = With(Fixture.Document("router01"), "8.4.4") with
        {
            Preflight = new PreflightDocument { Hold = hold, RetrySeconds = 15 },
        };
        var text = Frr(document);
        Assert.Equal(
            held is not null,
            text.Contains("preflight", StringComparison.Ordinal)
                && text.Contains(held ?? "?", StringComparison.Ordinal)
        );
        Assert.Equal(new ForeignResult(0, "", ""), Vtysh(text));
        Assert.Empty(UnknownToBgpd(text));
    }

    [Fact]
    public void Signing_keys_are_in_the_image_in_the_form_of_ssh_keygen()
    {
        const string Key =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP7RoGvVyEPkwEjVNVVUsXIiAGxK+00gvVMPYfhSsmlV";
        var document = Fixture.Document("router01");
        Assert.DoesNotContain(
            Fixture.Render(document),
            file => file.Path == DocumentSigning.SignersPath
        );
        var signed = document with { Admin = document.Admin with { SigningKeys = [Key] } };
        var file = Fixture.Render(signed).Single(file => file.Path == DocumentSigning.SignersPath);
        Assert.True(file.InImage);
        Assert.Equal($"appliance namespaces=\"appliance-site\" {Key}\n", file.Content);
        var injected = signed with
        {
            Admin = signed.Admin with { SigningKeys = [Key + "\nappliance ssh-ed25519 AAAA"] },
        };
        Assert.Throws<RenderingException>(() => Fixture.Render(injected));
    }

    [Fact]
    public void A_session_without_its_secret_is_shut_down()
    {
        var text = Frr(Fixture.Document("router01"));
        Assert.Contains(
            " neighbor 2001:db8:300::3 shutdown message waits for the secret ifog-md5\n",
            text,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(" password ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("2001:db8:100::1 shutdown", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_with_its_secret_runs_and_no_one_else_can_read_it()
    {
        var document = With(Fixture.Document("router01"), "8.4.4");
        var files = SiteRenderer.Render(
            document,
            Fixture.Devices(document),
            new Secrets(new Dictionary<string, string> { ["ifog-md5"] = "s3cr3t-Value" })
        );
        Assert.Contains(
            " neighbor 2001:db8:300::3 password s3cr3t-Value\n",
            files.Text("/usr/local/etc/frr/frr.conf"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "shutdown",
            files.Text("/usr/local/etc/frr/frr.conf"),
            StringComparison.Ordinal
        );
        Assert.Equal(0, Vtysh(files.Text("/usr/local/etc/frr/frr.conf")).ExitCode);
        Assert.All(
            files.Where(file => file.Content.Contains("s3cr3t-Value", StringComparison.Ordinal)),
            file => Assert.Equal(0, file.Mode & 0b000_000_111)
        );
    }

    [Theory]
    [InlineData("#")]
    [InlineData("!a")]
    [InlineData("a#b!c")]
    [InlineData("quote\"")]
    [InlineData("it's")]
    [InlineData("back\\slash\\")]
    [InlineData("ab|")]
    public void FRR_itself_reads_a_password_of_any_printable_characters(string value)
    {
        var document = With(Fixture.Document("router01"), "8.4.4");
        var files = SiteRenderer.Render(
            document,
            Fixture.Devices(document),
            new Secrets(new Dictionary<string, string> { ["ifog-md5"] = value })
        );
        Assert.Equal(0, Vtysh(files.Text("/usr/local/etc/frr/frr.conf")).ExitCode);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("line\nrouter bgp 1")]
    [InlineData("")]
    public void A_secret_that_would_become_syntax_is_refused_without_being_shown(string value)
    {
        var document = Fixture.Document("router01");
        var exception = Assert.Throws<RenderingException>(() =>
            SiteRenderer.Render(
                document,
                Fixture.Devices(document),
                new Secrets(new Dictionary<string, string> { ["ifog-md5"] = value })
            )
        );
        Assert.Contains("ifog-md5", exception.Message, StringComparison.Ordinal);
        Assert.True(
            value.Length == 0 || !exception.Message.Contains(value, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_neighbor_on_a_link_of_two_host_addresses_can_be_reached()
    {
        var text = Frr(Fixture.Document("edge02"));
        Assert.Contains("\nipv6 route 2a0c:9a40:1::1/128 gre7\n", text, StringComparison.Ordinal);
        Assert.Contains(
            " neighbor 2a0c:9a40:1::1 disable-connected-check\n",
            text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void GTSM_is_never_written_since_FreeBSD_has_none_for_IPv6()
    {
        // ix03 has a neighbor of each family that asks for it.
        var lines = Frr(Fixture.Document("ix03")).Split('\n').ToList();
        Assert.Contains(" neighbor 198.51.100.1 ttl-security hops 1", lines);
        Assert.Contains(" neighbor 2001:db8:900::6:4497:1 ebgp-multihop 255", lines);
        Assert.Single(lines, line => line.Contains("ttl-security", StringComparison.Ordinal));
    }

    private static string ForInstalledVersion(string site) =>
        Frr(With(Fixture.Document(site), "8.4.4"));

    private static SiteDocument With(SiteDocument document, string? frrVersion) =>
        document with
        {
            System = document.System with { FrrVersion = frrVersion },
        };

    private static string Frr(SiteDocument document) =>
        Fixture.Render(document).Text("/usr/local/etc/frr/frr.conf");

    private static ForeignResult Vtysh(string text)
    {
        using var file = new TemporaryFile(text);
        return ForeignTool.Try("vtysh", "-C", "-f", file.Path);
    }

    /// <summary>
    /// Lines that bgpd refuses. It runs without modules here, so their blocks are left out, and "match rpki".
    /// </summary>
    private static List<string> UnknownToBgpd(string text)
    {
        using var file = new TemporaryFile(string.Join('\n', OfBgpdItself(text.Split('\n'))));
        var output = ForeignTool.Try(Bgpd, "-C", "-f", file.Path).All;
        Assert.DoesNotContain("can't open configuration file", output, StringComparison.Ordinal);
        return
        [
            .. output
                .Split('\n')
                .Where(line => line.Contains("on config line", StringComparison.Ordinal))
                .Where(line =>
                    !OtherDaemons.Any(command =>
                        line.Contains($": {command}", StringComparison.Ordinal)
                    )
                ),
        ];
    }

    private static IEnumerable<string> OfBgpdItself(IEnumerable<string> lines)
    {
        string? end = null;
        foreach (var line in lines)
        {
            if (end is null && OtherBlocks.Contains(line))
            {
                end = new string(' ', line.Length - line.TrimStart().Length) + "exit";
            }

            if (end is null && line != " match rpki invalid")
            {
                yield return line;
            }

            end = line == end ? null : end;
        }
    }
}
