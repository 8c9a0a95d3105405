using System.Net;

namespace Appliance.Conformance.Bgp;

/// <summary>What a router said on a session, from its first UPDATE on. Nothing is forgotten.</summary>
internal sealed class BgpHeard
{
    private readonly Lock guard = new();
    private readonly List<ReceivedRoute> told = [];
    private readonly List<IPNetwork> takenBack = [];
    private readonly Dictionary<IPNetwork, ReceivedRoute> routes = [];
    private BgpNotification? notification;
    private string? ending;

    /// <summary>Every route that was ever announced, in order; also those that were taken back.</summary>
    public IReadOnlyList<ReceivedRoute> Told
    {
        get
        {
            lock (guard)
            {
                return [.. told];
            }
        }
    }

    /// <summary>Every prefix that was ever taken back, in order; also those that were announced again.</summary>
    public IReadOnlyList<IPNetwork> TakenBack
    {
        get
        {
            lock (guard)
            {
                return [.. takenBack];
            }
        }
    }

    /// <summary>The routes that stand now.</summary>
    public IReadOnlyDictionary<IPNetwork, ReceivedRoute> Routes
    {
        get
        {
            lock (guard)
            {
                return new Dictionary<IPNetwork, ReceivedRoute>(routes);
            }
        }
    }

    /// <summary>Why the router ended the session, or null.</summary>
    public BgpNotification? Notification
    {
        get
        {
            lock (guard)
            {
                return notification;
            }
        }
    }

    /// <summary>How the session ended, for people; null while it lives.</summary>
    public string? Ending
    {
        get
        {
            lock (guard)
            {
                return notification?.ToString() ?? ending;
            }
        }
    }

    internal void Add(BgpMessage message)
    {
        lock (guard)
        {
            switch (message.Type)
            {
                case BgpMessageType.Update:
                    Add(BgpUpdate.Parse(message.Body));
                    break;
                case BgpMessageType.Notification:
                    notification = BgpNotification.Parse(message.Body);
                    break;
            }
        }
    }

    internal void End(Exception exception)
    {
        lock (guard)
        {
            ending = exception is EndOfStreamException ? "closed" : exception.Message;
        }
    }

    private void Add(BgpUpdate update)
    {
        foreach (var prefix in ReceivedRoute.Withdrawn(update))
        {
            takenBack.Add(prefix);
            routes.Remove(prefix);
        }

        foreach (var route in ReceivedRoute.Of(update))
        {
            told.Add(route);
            routes[route.Prefix] = route;
        }
    }
}
