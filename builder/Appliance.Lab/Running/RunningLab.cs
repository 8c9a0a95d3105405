using Appliance.Files;
using Appliance.Lab.Bmp;
using Appliance.Lab.Daemons;
using Appliance.Lab.Guests;
using Appliance.Lab.Linux;
using Appliance.Lab.Rpki;
using Appliance.Lab.Speakers;
using Appliance.Lab.Topology;
using Appliance.Lab.Tunnels;
using Appliance.Verify.Processes;

namespace Appliance.Lab.Running;

/// <summary>A lab that runs. Disposing takes it down and leaves nothing.</summary>
public sealed class RunningLab : IAsyncDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private LabRequest request;
    private readonly Dictionary<string, Speaker> speakers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IEdgeRouter> routers = new(StringComparer.Ordinal);
    private readonly LabGuests guests;
    private IReadOnlyDictionary<(string Node, string Device), TunnelEnd> tunnels =
        new Dictionary<(string, string), TunnelEnd>();

    private readonly LabLock held;
    private readonly LabWatch watch;

    private RunningLab(LabRequest request, LabLock held)
    {
        this.request = request;
        this.held = held;
        watch = new LabWatch(request.Plan, request.Tools);
        Folder = LabNames.Folder(request.Plan.Name);
        Ip = new IpTool(new ProcessGateway(request.Tools), Folder);
        guests = new LabGuests(request);
        Rpki = new RpkiCaches(request.Plan, request.Tools, NodeFolder(LabNames.Cache));
        Stations = new BmpStations(request.Plan);
    }

    public LabPlan Plan => request.Plan;

    public LabRequest Request => request;

    /// <summary>Of the lab's files.</summary>
    public string Folder { get; }

    public IpTool Ip { get; }

    /// <summary>The RPKI-to-Router servers.</summary>
    public RpkiCaches Rpki { get; }

    /// <summary>The BMP stations.</summary>
    public BmpStations Stations { get; }

    /// <summary>FRR of the sites that have it, by site.</summary>
    public IReadOnlyDictionary<string, IEdgeRouter> Routers => routers;

    /// <summary>The honest neighbors that run now, by node; the world is one of them.</summary>
    public IReadOnlyDictionary<string, Speaker> Speakers => speakers;

    /// <summary>Our ends of tunnels; none where the kernel has tunnels of its own.</summary>
    public IReadOnlyDictionary<(string Node, string Device), TunnelEnd> Tunnels => tunnels;

    /// <summary>The rendered configuration of an edge.</summary>
    public string ConfigurationOf(string site) => EdgeConfiguration.Render(request, site);

    /// <summary>The same without some rules of the policy, by their names.</summary>
    public string ConfigurationWithout(string site, params IReadOnlyCollection<string> rules) =>
        EdgeConfiguration.RenderWithout(request, site, rules);

    /// <summary>root's shell in a virtual machine.</summary>
    internal GuestShell Shell(string site) => guests.All[site].Shell;

    /// <summary>Pulls the cable out of a card of a virtual machine or plugs it in.</summary>
    internal Task SetCableAsync(
        string site,
        string device,
        bool plugged,
        CancellationToken token
    ) => guests.All[site].SetCableAsync(device, plugged, token);

    public NetworkNamespace Namespace(string node) => new(Plan.Node(node).Namespace);

    public string NodeFolder(string node) => Path.Combine(Folder, node);

    /// <summary>Brings everything up. What a dead lab of the same name has left is removed before.</summary>
    /// <exception cref="LabException">
    /// Not root, a lab of this name is kept by a living process, or a part would not start.
    /// </exception>
    /// <exception cref="MissingToolException">A program is not installed.</exception>
    public static async Task<RunningLab> StartAsync(
        LabRequest request,
        IProgress<string>? progress,
        CancellationToken token
    )
    {
        Root.Require();
        CheckTools(request);
        var held = Take(request.Plan.Name);
        RunningLab lab;
        try
        {
            await ClearAsync(request, token);
            lab = new RunningLab(await request.WithModulesAsync(token), held);
        }
        catch
        {
            held.Dispose();
            throw;
        }

        try
        {
            OutputFolder.Create(lab.Folder);
            LabState.OfThisProcess(request).Write();
            await lab.MakeAsync(progress, token);
            await lab.StartDaemonsAsync(progress, token);
            (LabState.OfThisProcess(request) with { Ready = true }).Write();
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until every session of every FRR is up.</summary>
    /// <returns>The states as they were last seen; some are not up when the limit was reached.</returns>
    public async Task<IReadOnlyList<SessionState>> WaitForSessionsAsync(
        TimeSpan limit,
        CancellationToken token
    )
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var states = new List<SessionState>();
            foreach (var (edge, router) in routers)
            {
                states.AddRange(await SessionState.OfEdgeAsync(Plan, edge, router, token));
            }

            if (
                states.All(state => state.IsUp || state.Session.IsShutDown)
                || clock.Elapsed > limit
            )
            {
                return states;
            }

            await Task.Delay(BetweenLooks, token);
        }
    }

    /// <summary>Starts the honest neighbor of a session.</summary>
    public async Task StartUpstreamAsync(string upstream, CancellationToken token)
    {
        await StopUpstreamAsync(upstream);
        var session = Plan.Sessions.First(item => item.Upstream == upstream);
        var kind = request.SpeakerOf(upstream);
        if (!Speaker.Forwards(kind))
        {
            await ForwardByHandAsync(session, token);
        }

        speakers[upstream] = await Speaker.StartAsync(
            kind,
            SpeakerPlan.Upstream(session, kind, request.Secrets, NodeFolder(upstream)),
            Namespace(upstream),
            request.Tools,
            token
        );
    }

    /// <summary>Ends the honest neighbor of a session, if it runs.</summary>
    public async Task StopUpstreamAsync(string upstream)
    {
        if (speakers.Remove(upstream, out var speaker))
        {
            await speaker.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var speaker in speakers.Values)
        {
            await speaker.DisposeAsync();
        }

        await guests.DisposeAsync();
        await Rpki.DisposeAsync();
        await Stations.DisposeAsync();
        foreach (var end in tunnels.Values)
        {
            end.Dispose();
        }

        // FRR would take its time to take everything back; nothing here will miss it.
        await new LabCleaner(request.Tools).RemoveHeldAsync(Plan.Name, CancellationToken.None);
        watch.Dispose();
        held.Dispose();
    }

    /// <summary>Two labs of one name would share namespaces and files.</summary>
    private static LabLock Take(string name) =>
        LabLock.TryTake(name) ?? throw IsUp(name, LabLock.Holder(name));

    private static LabException IsUp(string name, int? keeper) =>
        new(
            LabFault.WrongState,
            $"a lab '{name}' is up already, kept by process {keeper}: take it down with `appliance lab down --name {name}`, or choose another --name"
        );

    private static void CheckTools(LabRequest request)
    {
        Tool[] always = [Tools.Ip, Tools.Zebra, Tools.Vtysh, Tools.Bird, Tools.ChangeOwner];
        var caches = request.Plan.Caches.Count > 0 ? [Tools.StayRtr] : Array.Empty<Tool>();
        var others = request.Plan.Sessions.SelectMany(session =>
            Speaker.ToolsOf(request.SpeakerOf(session.Upstream))
        );
        foreach (var tool in always.Concat(caches).Concat(others))
        {
            request.Tools.Find(tool);
        }

        LabGuests.Check(request);
    }

    private static async Task ClearAsync(LabRequest request, CancellationToken token)
    {
        var name = request.Plan.Name;
        if (LabState.Read(name) is { IsKept: true } state)
        {
            throw IsUp(name, state.Keeper);
        }

        await new LabCleaner(request.Tools).RemoveHeldAsync(name, token);
    }

    private async Task MakeAsync(IProgress<string>? progress, CancellationToken token)
    {
        var maker = new NodeMaker(Plan, Ip);
        progress?.Report($"{Plan.Nodes.Count} namespaces");
        await maker.MakeAsync(token);
        progress?.Report("tunnels and routes");
        tunnels = await maker.TunnelsAsync(token);
        await maker.InnerRoutesAsync(token);
    }

    private async Task StartDaemonsAsync(IProgress<string>? progress, CancellationToken token)
    {
        progress?.Report("RPKI caches");
        await Rpki.StartAsync(token);
        Stations.Open();
        progress?.Report("neighbors");
        await StartWorldAsync(token);
        foreach (var session in Plan.Sessions)
        {
            await StartUpstreamAsync(session.Upstream, token);
        }

        await guests.SwitchOnAsync(Folder, progress, token);
        foreach (var site in Plan.Documents.Where(site => site.Bgp is not null))
        {
            if (!Plan.Node(site.Site).IsVirtualMachine)
            {
                progress?.Report($"FRR of {site.Site}");
                var router = new FrrRouter(
                    Namespace(site.Site),
                    NodeFolder(site.Site),
                    request.Tools
                );
                routers[site.Site] = router;
                await router.StartAsync(ConfigurationOf(site.Site), token);
            }
        }

        await LogInAsync(progress, token);
    }

    /// <summary>Machines have been booting meanwhile; now they can be asked.</summary>
    private async Task LogInAsync(IProgress<string>? progress, CancellationToken token)
    {
        var documents = await guests.LogInAsync(progress, token);
        foreach (var (site, _) in documents.Where(item => item.Value.Bgp is not null))
        {
            routers[site] = guests.All[site].Router;
        }

        request = request with
        {
            GuestFrrVersions = documents
                .Where(item => item.Value.System.FrrVersion is not null)
                .ToDictionary(item => item.Key, item => item.Value.System.FrrVersion!),
        };
    }

    private async Task StartWorldAsync(CancellationToken token)
    {
        var kinds = Plan.Sessions.ToDictionary(
            session => session.Upstream,
            session => request.SpeakerOf(session.Upstream)
        );
        speakers[LabNames.World] = await Speaker.StartAsync(
            SpeakerKind.Bird,
            SpeakerPlan.World(Plan, kinds, NodeFolder(LabNames.World)),
            Namespace(LabNames.World),
            request.Tools,
            token
        );
    }

    /// <summary>A neighbor whose program leaves the kernel alone gets routes to our prefixes from us.</summary>
    private Task ForwardByHandAsync(LabSession session, CancellationToken token)
    {
        return Ip.BatchAsync(
            Plan.Node(session.Upstream).Namespace,
            "aggregates",
            [
                .. Plan.Document(session.Edge)
                    .Prefixes.Where(prefix =>
                        prefix.Contains(':', StringComparison.Ordinal) == session.IsIpv6
                    )
                    .Select(prefix =>
                        $"route replace {prefix} via {session.EdgeAddress} dev {session.UpstreamDevice} metric 4000"
                    ),
            ],
            token
        );
    }
}
