using Appliance.Rendering;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Tests.Fakes;

/// <summary>The edge and the downstream host of the example network, as small as the tests allow.</summary>
internal static class TestSites
{
    public static SiteDocument Edge { get; } =
        new()
        {
            Schema = SiteDocument.CurrentSchema,
            Network = "example",
            Site = "router01",
            Role = SiteRole.Edge,
            Hostname = "router01.example.net",
            Asn = 64500,
            Lab = true,
            Prefixes = ["2001:db8:1c::/48"],
            Loopback = ["2001:db8:1c::1"],
            Admin = Admin(),
            System = new SystemDocument
            {
                Fibs = 1,
                LoaderModules = ["if_gre"],
                Modules = ["if_gif"],
                Tunables = new Dictionary<string, string> { ["hw.vga.textmode"] = "1" },
                Sysctls = new Dictionary<string, string> { ["net.inet6.icmp6.rediraccept"] = "0" },
                Frr = true,
                RootLabel = "root",
            },
            Interfaces =
            [
                Wan("198.51.100.10/24", "198.51.100.1", "2001:db8:100::96/64", "2001:db8:100::1"),
            ],
            Tunnels =
            [
                Tunnel(
                    "gre0",
                    TunnelKind.Gre,
                    "198.51.100.10",
                    "198.51.100.44",
                    1476,
                    "2001:db8:300::2/127",
                    "2001:db8:300::3"
                ),
                Tunnel(
                    "gif0",
                    TunnelKind.Gif,
                    "198.51.100.10",
                    "203.0.113.10",
                    1480,
                    "2001:db8:1c:ffff::/127",
                    "2001:db8:1c:ffff::1"
                ),
            ],
            Routes =
            [
                new RouteDocument
                {
                    Name = "vps01",
                    Destination = "2001:db8:1c:1000::/64",
                    Family = AddressFamily.Ipv6,
                    Via = "2001:db8:1c:ffff::1",
                    Fib = 0,
                },
            ],
            Bgp = new BgpDocument { RouterId = "198.51.100.10", Neighbors = [] },
        };

    public static SiteDocument Downstream { get; } =
        Edge with
        {
            Site = "vps01",
            Role = SiteRole.Downstream,
            Hostname = "vps01.example.net",
            Loopback = [],
            System = Edge.System with { Fibs = 2, Frr = false, LoaderModules = [] },
            Interfaces = [Wan("203.0.113.10/24", "203.0.113.1", null, null)],
            Tunnels =
            [
                Tunnel(
                    "gif0",
                    TunnelKind.Gif,
                    "203.0.113.10",
                    "198.51.100.10",
                    1480,
                    "2001:db8:1c:ffff::3/127",
                    "2001:db8:1c:ffff::2"
                ) with
                {
                    Fib = 1,
                },
            ],
            Routes =
            [
                new RouteDocument
                {
                    Name = "announced",
                    Destination = "default",
                    Family = AddressFamily.Ipv6,
                    Via = "2001:db8:1c:ffff::2",
                    Fib = 1,
                },
                new RouteDocument
                {
                    Name = "unused",
                    Destination = "2001:db8:1c:1000::/64",
                    Family = AddressFamily.Ipv6,
                    Blackhole = true,
                    Fib = 1,
                },
            ],
            Bgp = null,
            Announced = new AnnouncedDocument
            {
                Device = "lo1",
                Prefixes = ["2001:db8:1c:1000::/64"],
                Addresses = ["2001:db8:1c:1000::1"],
                Jails = [new JailDocument { Name = "web", Address = "2001:db8:1c:1000::10" }],
            },
        };

    /// <summary>A handful of files that mention what matters; the real templates have their own tests.</summary>
    public static IReadOnlyList<RenderedFile> Render(
        SiteDocument document,
        InterfaceNames names,
        Secrets secrets
    ) =>
        [
            new("/etc/rc.conf", RcConf(document, names)),
            new("/etc/pf.conf", "block drop log all\n", Mode: 0b110_000_000),
            new(
                "/etc/pf-fallback.conf",
                $"# from {string.Join(' ', document.Admin.SshFrom)}\nblock drop log all\n",
                Mode: 0b110_000_000
            ),
            new("/boot/loader.conf", $"net.fibs={document.System.Fibs}\n", InImage: true),
            new("/etc/sysctl.conf", "net.inet6.ip6.redirect=0\n"),
            new("/etc/ssh/sshd_config", "HostKey /etc/ssh/ssh_host_ed25519_key\n"),
            new("/etc/hosts", "::1 localhost\n"),
            new(
                "/root/.ssh/authorized_keys",
                string.Join('\n', document.Admin.SshKeys) + "\n",
                Mode: 0b110_000_000,
                FolderMode: 0b111_000_000
            ),
            .. document.Bgp is null
                ? Array.Empty<RenderedFile>()
                :
                [
                    new(
                        "/usr/local/etc/frr/frr.conf",
                        $"! password {secrets.Find("ifog-md5") ?? "none"}\n",
                        Mode: 0b110_100_000,
                        Owner: "frr",
                        Group: "frr"
                    ),
                ],
            .. document.Announced is null
                ? Array.Empty<RenderedFile>()
                : [new("/etc/jail.conf", "exec.fib = 1;\n")],
        ];

    private static string RcConf(SiteDocument document, InterfaceNames names) =>
        $"""
            hostname="{document.Hostname}"
            ifconfig_{names.Find(document.Interfaces[0].Name)}="inet {document.Interfaces[0].Ipv4
                ?? "dhcp"}"
            pf_enable="YES"
            sshd_enable="YES"
            frr_enable="{(document.System.Frr ? "YES" : "NO")}"
            frr_daemons="mgmtd zebra bgpd"
            watchfrr_enable="YES"
            ipv6_gateway_enable="{(document.Role == SiteRole.Edge ? "YES" : "NO")}"

            """;

    private static AdminDocument Admin() =>
        new()
        {
            SshKeys =
            [
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILvGJ7ifwWVozlgB+eJ8/xw22fKK4GLwLhufY8in2gpx ops@example.net",
            ],
            SshFrom = ["192.0.2.0/24"],
        };

    private static InterfaceDocument Wan(
        string ipv4,
        string gateway4,
        string? ipv6,
        string? gateway6
    ) =>
        new()
        {
            Name = "wan",
            Match = new InterfaceMatch { Driver = "vtnet", Index = 0 },
            Ipv4 = ipv4,
            Gateway4 = gateway4,
            Ipv6 = ipv6,
            Gateway6 = gateway6,
        };

    private static TunnelDocument Tunnel(
        string device,
        TunnelKind kind,
        string outerLocal,
        string outerRemote,
        int mtu,
        string innerLocal,
        string innerRemote
    ) =>
        new()
        {
            Device = device,
            Kind = kind,
            Peer = "peer",
            Over = "wan",
            OuterLocal = outerLocal,
            OuterRemote = outerRemote,
            TunnelFib = 0,
            Fib = 0,
            Mtu = mtu,
            InnerLocal = innerLocal,
            InnerRemote = innerRemote,
            Mss6 = mtu - 60,
            Mss4 = mtu - 40,
        };
}
