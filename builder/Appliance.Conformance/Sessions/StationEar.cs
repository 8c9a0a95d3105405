using System.Net;
using Appliance.Conformance.Bmp;
using Appliance.Lab.Running;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Files.Routing;

namespace Appliance.Conformance.Sessions;

/// <summary>What the BMP station of the network file hears of one edge.</summary>
internal sealed class StationEar
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);

    private readonly SessionBench bench;
    private readonly BmpStation station;
    private readonly IReadOnlyCollection<IPAddress> addresses;

    private StationEar(SessionBench bench, BmpStation station, SiteDocument document)
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
    /// Before 9.1 bgpd forgets, when a route is refused that nobody else has, that it keeps a copy; before 10.6 what it
    /// has to tell waits behind what is no longer worth telling. A new connection is told everything.
    /// </summary>
    public bool IsToldLate => !FrrRelease.IsSince(FrrVersion, 10, 6);

    /// <summary>Before 10.7 bgpd put our own number before every path, as if it told the route on.</summary>
    public bool IsToldLongPaths => !FrrRelease.IsSince(FrrVersion, 10, 7);

    /// <summary>What the edge has told on the last of its connections; null when there was none.</summary>
    public BmpHeard? Heard => station.Find(addresses);

    /// <returns>Null where the edge's FRR cannot speak to a station.</returns>
    public static StationEar? Of(SessionBench bench, BmpDocument told)
    {
        var document = EdgeConfiguration.Document(bench.Lab.Request, bench.Edge);
        var address = new IPEndPoint(IPAddress.Parse(told.Host), told.Port);
        return FrrModules.Of(document.System).Contains(FrrModules.Bmp)
            ? new(bench, bench.Stations!.All.First(item => item.Address.Equals(address)), document)
            : null;
    }

    public BmpSession Told(LabSession session) =>
        Heard?.Session(session.UpstreamAddress) ?? BmpSession.Unknown;

    /// <summary>Waits until the edge has introduced itself.</summary>
    public Task<bool> IsThereAsync(CancellationToken token) => IsThereAsync(null, token);

    /// <summary>Lets the edge connect once more, and tell everything from the beginning.</summary>
    public async Task AskAgainAsync(CancellationToken token)
    {
        var before = Heard;
        station.HangUp(addresses);
        await IsThereAsync(before, token);
    }

    private Task<bool> IsThereAsync(BmpHeard? before, CancellationToken token) =>
        bench.WaitAsync(
            () =>
                Task.FromResult(
                    Heard is { Initiation: not null, Ending: null } now && now != before
                ),
            ConnectLimit,
            token
        );
}
