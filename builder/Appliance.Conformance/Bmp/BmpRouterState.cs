using System.Net;
using Appliance.Conformance.Bgp;

namespace Appliance.Conformance.Bmp;

/// <summary>A snapshot of a session as the station has it.</summary>
/// <param name="Up">The Peer Up; null while the session is down.</param>
/// <param name="Down">The last Peer Down; null when there was none.</param>
/// <param name="Ups">Number of Peer Up messages.</param>
/// <param name="Downs">Number of Peer Down messages.</param>
/// <param name="Routes">The peer's current routes before any policy.</param>
internal sealed record BmpSession(
    BmpPeerUp? Up,
    BmpPeerDown? Down,
    int Ups,
    int Downs,
    IReadOnlyDictionary<IPNetwork, ReceivedRoute> Routes
)
{
    public static BmpSession Unknown { get; } =
        new(null, null, 0, 0, new Dictionary<IPNetwork, ReceivedRoute>());
}

/// <summary>The state of one router's connection to the station, not a log of its messages.</summary>
/// <param name="router">Its end of the connection.</param>
internal sealed class BmpRouterState(IPEndPoint router)
{
    private readonly Lock guard = new();
    private readonly Dictionary<IPAddress, Entry> sessions = [];
    private BmpInitiation? initiation;
    private string? ending;
    private int messages;

    public IPEndPoint Router => router;

    /// <summary>The router's Initiation; null before it.</summary>
    public BmpInitiation? Initiation
    {
        get
        {
            lock (guard)
            {
                return initiation;
            }
        }
    }

    /// <summary>Description of how the connection ended; null while it is open.</summary>
    public string? Ending
    {
        get
        {
            lock (guard)
            {
                return ending;
            }
        }
    }

    /// <summary>Number of received messages.</summary>
    public int Messages
    {
        get
        {
            lock (guard)
            {
                return messages;
            }
        }
    }

    /// <summary>A session of the router, by its peer's address.</summary>
    public BmpSession Session(IPAddress peer)
    {
        lock (guard)
        {
            return sessions.TryGetValue(peer, out var entry)
                ? new(
                    entry.Up,
                    entry.Down,
                    entry.Ups,
                    entry.Downs,
                    new Dictionary<IPNetwork, ReceivedRoute>(entry.Routes)
                )
                : BmpSession.Unknown;
        }
    }

    /// <exception cref="BmpFormatException">The message is out of place.</exception>
    internal void Add(BmpMessage message)
    {
        lock (guard)
        {
            messages++;
            switch (message)
            {
                case BmpInitiation first:
                    initiation = first;
                    break;
                case var _ when initiation is null:
                    throw new BmpFormatException("a router sends messages before its Initiation");
                case BmpPeerUp up:
                    Entries(up.Peer).Start(up);
                    break;
                case BmpPeerDown down:
                    Entries(down.Peer).End(down);
                    break;
                case BmpRouteMonitoring { Peer.IsPostPolicy: false } routes:
                    Entries(routes.Peer).Add(routes.Update);
                    break;
                case BmpTermination:
                    ending = "terminated";
                    break;
            }
        }
    }

    internal void End(string how)
    {
        lock (guard)
        {
            ending ??= how;
        }
    }

    private Entry Entries(BmpPeer peer)
    {
        if (!sessions.TryGetValue(peer.Address, out var entry))
        {
            sessions[peer.Address] = entry = new();
        }

        return entry;
    }

    private sealed class Entry
    {
        public BmpPeerUp? Up { get; private set; }

        public BmpPeerDown? Down { get; private set; }

        public int Ups { get; private set; }

        public int Downs { get; private set; }

        public Dictionary<IPNetwork, ReceivedRoute> Routes { get; } = [];

        public void Start(BmpPeerUp up)
        {
            (Up, Ups) = (up, Ups + 1);
            Routes.Clear();
        }

        public void End(BmpPeerDown down)
        {
            (Up, Down, Downs) = (null, down, Downs + 1);
            Routes.Clear();
        }

        public void Add(BgpUpdate update)
        {
            foreach (var prefix in ReceivedRoute.Withdrawn(update))
            {
                Routes.Remove(prefix);
            }

            foreach (var route in ReceivedRoute.Of(update))
            {
                Routes[route.Prefix] = route;
            }
        }
    }
}
