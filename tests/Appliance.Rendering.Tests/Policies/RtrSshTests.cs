using Appliance.Rendering.Documents;

namespace Appliance.Rendering.Tests.Policies;

/// <summary>RPKI caches that are asked over ssh.</summary>
public class RtrSshTests
{
    private const string HostKey =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP7RoGvVyEPkwEjVNVVUsXIiAGxK+00gvVMPYfhSsmlV";

    private const string Key =
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ\nAAAA==\n-----END OPENSSH PRIVATE KEY-----\n";

    private const string KeyPath = "/usr/local/etc/frr/rtr/rtr-key.key";
    private const string KnownHosts = "/usr/local/etc/frr/rtr/known_hosts";

    [Fact]
    public void The_key_lies_in_a_file_of_bgpd_s_user_alone_and_the_cache_s_key_beside_it()
    {
        var files = Render(Document(), Key);
        var key = files.Single(file => file.Path == KeyPath);
        Assert.Equal((Key, 0b110_000_000, "frr"), (key.Content, key.Mode, key.Owner));
        Assert.Equal($"[192.0.2.53]:3322 {HostKey}\n", files.Text(KnownHosts));
        Assert.Contains(
            $"\n rpki cache ssh 192.0.2.53 3322 router {KeyPath} {KnownHosts} preference 1\n",
            files.Text("/usr/local/etc/frr/frr.conf"),
            StringComparison.Ordinal
        );
        Assert.Equal(
            [KeyPath],
            files
                .Where(file => file.Content.Contains("b3BlbnNz", StringComparison.Ordinal))
                .Select(file => file.Path)
        );
    }

    [Fact]
    public void Without_its_key_a_cache_is_not_asked()
    {
        var files = Fixture.Render(Document());
        var text = files.Text("/usr/local/etc/frr/frr.conf");
        Assert.Contains(
            "! 192.0.2.53 waits for the secret rtr-key.",
            text,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("rpki cache", text, StringComparison.Ordinal);
        Assert.DoesNotContain(files, file => file.Path == KeyPath);
    }

    [Fact]
    public void On_the_usual_port_known_hosts_has_the_bare_name()
    {
        Assert.Equal(
            $"192.0.2.53 {HostKey}\n",
            Fixture.Render(Document(port: 22)).Text(KnownHosts)
        );
    }

    [Theory]
    [InlineData("hunter2hunter2")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\n-----END OPENSSH PRIVATE KEY-----")]
    [InlineData(
        "-----BEGIN OPENSSH PRIVATE KEY-----\nhunter2 hunter2\n-----END OPENSSH PRIVATE KEY-----"
    )]
    [InlineData(
        "-----BEGIN RSA PRIVATE KEY-----\nhunter2hunter2==\n-----END OPENSSH PRIVATE KEY-----"
    )]
    public void What_is_no_key_is_refused_and_not_repeated(string value)
    {
        var exception = Assert.Throws<RenderingException>(() => Render(Document(), value));
        Assert.Contains("rtr-key", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_and_paths_cannot_be_smuggled_in()
    {
        var ssh = Document().Bgp!.RpkiCaches[0].Ssh!;
        Assert.All(
            [
                ssh with
                {
                    User = "a b",
                },
                ssh with
                {
                    KeySecret = "../../../etc/passwd",
                },
                ssh with
                {
                    HostKey = HostKey + "\n* " + HostKey,
                },
                ssh with
                {
                    HostKey = "none",
                },
            ],
            wrong =>
                Assert.StartsWith(
                    "$.bgp.rpki_caches[0].ssh",
                    Assert
                        .Throws<RenderingException>(() => Fixture.Render(With(Document(), wrong)))
                        .Where,
                    StringComparison.Ordinal
                )
        );
        var old = Document();
        old = old with { System = old.System with { FrrVersion = "9.1" } };
        Assert.Contains(
            "FRR 10",
            Assert.Throws<RenderingException>(() => Fixture.Render(old)).Message,
            StringComparison.Ordinal
        );
    }

    private static IReadOnlyList<RenderedFile> Render(SiteDocument document, string key) =>
        SiteRenderer.Render(
            document,
            Fixture.Devices(document),
            new Secrets(new Dictionary<string, string> { ["rtr-key"] = key })
        );

    private static SiteDocument Document(int port = 3322) =>
        With(
            Fixture.Document("router01"),
            new RpkiSshDocument
            {
                User = "router",
                KeySecret = "rtr-key",
                HostKey = HostKey,
            },
            port
        );

    private static SiteDocument With(SiteDocument document, RpkiSshDocument ssh, int port = 3322) =>
        document with
        {
            Bgp = document.Bgp! with
            {
                RpkiCaches =
                [
                    new RpkiCacheDocument
                    {
                        Host = "192.0.2.53",
                        Port = port,
                        Ssh = ssh,
                    },
                ],
            },
        };
}
