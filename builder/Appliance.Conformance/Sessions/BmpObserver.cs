using System.Net;
using Appliance.Conformance.Bmp;
using Appliance.Lab.Running;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Files.Routing;

namespace Appliance.Conformance.Sessions;

/// <summary>What the BMP station of the network file receives from one edge.</summary>
internal sealed class BmpObserver
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);

    private readonly SessionBench bench;
    private readonly BmpStation station;
    private readonly IReadOnlyCollection<IPAddress> addresses;

    private BmpObserver(SessionBench bench, BmpStation station, SiteDocument document)
    {
        this.bench = bench;
        this.station = station;
        FrrVersion = document.System.FrrVersion;
        addresses =
        [
            .. document
                .Interfaces.SelectMany(item => new[] { item.Ipv4, item.Ipv6 })
                .Concat(document.Tunnels.Select(tunnel => tunnel.InnerLocal))
                .OfType<string>()
                .Select(text => AddressText.WithLength(text).Address)
                .Concat(document.Loopback.Select(IPAddress.Parse)),
        ];
    }

    public IPEndPoint Station => station.Address;

    public string? FrrVersion { get; }

    /// <summary>
    /// Before 9.1 bgpd loses the stored copy of a rejected route that no other peer has; before 10.6 its messages queue
    /// behind obsolete ones. On a new connection it sends everything.
    /// </summary>
    public bool ReportsLate => !FrrRelease.IsSince(FrrVersion, 10, 6);

    /// <summary>Before 10.7 bgpd prepended our own AS number to every path, as in an export.</summary>
    public bool PrependsOwnAsn => !FrrRelease.IsSince(FrrVersion, 10, 7);

    /// <summary>State of the edge's last connection; null when there was none.</summary>
    public BmpRouterState? State => station.Find(addresses);

    /// <returns>Null where the edge's FRR has no BMP module.</returns>
    public static BmpObserver? Of(SessionBench bench, BmpDocument configured)
    {
        var document = EdgeConfiguration.Document(bench.Lab.Request, bench.Edge);
        var address = new IPEndPoint(IPAddress.Parse(configured.Host), configured.Port);
        return FrrModules.Of(document.System).Contains(FrrModules.Bmp)
            ? new(bench, bench.Stations!.All.First(item => item.Address.Equals(address)), document)
            : null;
    }

    public BmpSession Session(LabSession session) =>
        State?.Session(session.UpstreamAddress) ?? BmpSession.Unknown;

    /// <summary>Waits for the edge's Initiation.</summary>
    public Task<bool> WaitForInitiationAsync(CancellationToken token) =>
        WaitForInitiationAsync(null, token);

    /// <summary>Closes the connection, so that the edge reconnects and sends everything again.</summary>
    public async Task ReconnectAsync(CancellationToken token)
    {
        var before = State;
        station.HangUp(addresses);
        await WaitForInitiationAsync(before, token);
    }

    private Task<bool> WaitForInitiationAsync(BmpRouterState? before, CancellationToken token) =>
        bench.WaitAsync(
            () =>
                Task.FromResult(
                    State is { Initiation: not null, Ending: null } now && now != before
                ),
            ConnectLimit,
            token
        );
}
