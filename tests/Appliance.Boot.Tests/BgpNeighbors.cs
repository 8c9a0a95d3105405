using System.Globalization;
using System.Net;
using Appliance.Lab.Linux;
using Appliance.Lab.Speakers;
using Appliance.Lab.Topology;
using Appliance.Lab.Tunnels;
using Appliance.Verify.Processes;
using Appliance.Verify.Qemu;

namespace Appliance.Boot.Tests;

/// <summary>
/// Both neighbors of the example edge, played by one BIRD in a network namespace that the guest's card is plugged into:
/// ifog at the far end of the gre tunnel, as the network file has it, and lagrange on the same network as the edge, but
/// with ifog's AS number, so that no session may come up.
/// </summary>
internal sealed class BgpNeighbors : IAsyncDisposable
{
    public const string Password = "md5-for-one-boot";

    /// <summary>A host in what ifog announces.</summary>
    public static readonly IPAddress FarHost = LabNumbers.OwnHost(0).Ipv6;

    private const uint IfogAsn = 64497;
    private const uint EdgeAsn = 64500;
    private const string Card = "wan";
    private const string Tunnel = "gre-edge";

    private static readonly HostTools Host = LabTools.OfThisComputer();

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-bgp-");
    private readonly NetworkNamespace inside = new(
        string.Create(CultureInfo.InvariantCulture, $"appliance-boot.{Environment.ProcessId}")
    );
    private readonly IpTool ip;
    private TunnelEnd? tunnel;
    private Speaker? bird;

    private BgpNeighbors() => ip = new IpTool(new ProcessGateway(Host), folder.FullName);

    /// <summary>Why there can be no neighbors on this machine, or null.</summary>
    public static string? WhyNot() =>
        Root.WhyNot()
        ?? new[] { Tools.Ip, Tools.Bird, Tools.BirdControl }
            .Where(tool => !Host.Has(tool))
            .Select(tool => $"{tool.Name} is not installed (Debian: {tool.Debian})")
            .FirstOrDefault();

    /// <summary>What QEMU has to be started with to see <see cref="Backend"/>.</summary>
    public ProcessGateway Processes => LabTools.Within(inside, Host);

    public static NetworkBackend Backend { get; } = new TapDevice(Card);

    public static async Task<BgpNeighbors> StartAsync(CancellationToken token)
    {
        var neighbors = new BgpNeighbors();
        try
        {
            await neighbors.MakeNetworkAsync(token);
            neighbors.bird = await Speaker.StartAsync(
                SpeakerKind.Bird,
                neighbors.Role(),
                neighbors.inside,
                Host,
                token
            );
            return neighbors;
        }
        catch
        {
            await neighbors.DisposeAsync();
            throw;
        }
    }

    /// <summary>What birdc says.</summary>
    public async Task<string> AskAsync(string question, CancellationToken token) =>
        (
            await Processes.RunAsync(
                new(
                    Tools.BirdControl,
                    ["-s", Path.Combine(folder.FullName, "bird.ctl"), .. question.Split(' ')]
                ),
                token
            )
        ).StandardOutput;

    /// <summary>What the edge says to others on its network.</summary>
    public Task<OutsideView> LookAsync(CancellationToken token) =>
        OutsideView.LookAsync(
            inside,
            Card,
            [IPAddress.Parse("198.51.100.10"), IPAddress.Parse("2001:db8:100::96")],
            token
        );

    public async ValueTask DisposeAsync()
    {
        if (bird is not null)
        {
            await bird.DisposeAsync();
        }

        tunnel?.Dispose();
        if (inside.Exists)
        {
            await ip.DeleteNamespaceAsync(inside.Name, CancellationToken.None);
        }

        folder.Delete(recursive: true);
    }

    private async Task MakeNetworkAsync(CancellationToken token)
    {
        await ip.AddNamespaceAsync(inside.Name, token);
        await ip.BatchAsync(
            inside.Name,
            "outside",
            [
                "link set dev lo up",
                $"address add {FarHost}/128 dev lo nodad",
                $"tuntap add dev {Card} mode tap",
                $"address add 198.51.100.1/24 dev {Card}",
                $"address add 198.51.100.44/24 dev {Card}",
                $"address add 2001:db8:100::1/64 dev {Card} nodad",
                $"link set dev {Card} up",
            ],
            token
        );
        tunnel = TunnelEnd.Open(
            inside,
            Tunnel,
            TunnelProtocolNumber.Gre,
            IPAddress.Parse("198.51.100.44"),
            IPAddress.Parse("198.51.100.10")
        );
        await ip.BatchAsync(
            inside.Name,
            "tunnel",
            [
                $"link set dev {Tunnel} mtu 1476 up",
                $"address add 2001:db8:300::3/127 dev {Tunnel} nodad",
                $"address add {LabNumbers.UpstreamLinkLocal(0)}/64 dev {Tunnel} nodad",
            ],
            token
        );
    }

    private SpeakerRole Role()
    {
        var (own, world) = (LabNumbers.OwnNetwork(0).Ipv6, LabNumbers.WorldNetwork(0));
        return new()
        {
            Asn = IfogAsn,
            RouterId = IPAddress.Parse("198.51.100.44"),
            Folder = folder.FullName,
            Networks =
            [
                new(own),
                new(world.Ipv6, LabNumbers.WorldAsn, world.Origin),
                // What no edge may take: a part of its own prefix, and space that nobody may use.
                new(IPNetwork.Parse("2001:db8:1c:8000::/49")),
                new(IPNetwork.Parse("3fff:1::/32")),
            ],
            Sessions =
            [
                new(
                    "ifog",
                    IPAddress.Parse("2001:db8:300::3"),
                    IPAddress.Parse("2001:db8:300::2"),
                    EdgeAsn,
                    Tunnel,
                    Password
                )
                {
                    IsEdge = true,
                },
                new(
                    "lagrange",
                    IPAddress.Parse("2001:db8:100::1"),
                    IPAddress.Parse("2001:db8:100::96"),
                    EdgeAsn,
                    Card
                )
                {
                    IsEdge = true,
                },
            ],
        };
    }
}
