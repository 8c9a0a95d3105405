using System.Net;

namespace Appliance.Conformance.Bgp;

/// <summary>The log of everything received on a session, from the first UPDATE on.</summary>
internal sealed class BgpSessionLog
{
    private readonly Lock guard = new();
    private readonly List<ReceivedRoute> received = [];
    private readonly List<IPNetwork> withdrawn = [];
    private readonly Dictionary<IPNetwork, ReceivedRoute> routes = [];
    private BgpNotification? notification;
    private string? ending;

    /// <summary>Every route that was ever advertised, in order, including withdrawn ones.</summary>
    public IReadOnlyList<ReceivedRoute> ReceivedRoutes
    {
        get
        {
            lock (guard)
            {
                return [.. received];
            }
        }
    }

    /// <summary>Every prefix that was ever withdrawn, in order, including readvertised ones.</summary>
    public IReadOnlyList<IPNetwork> WithdrawnPrefixes
    {
        get
        {
            lock (guard)
            {
                return [.. withdrawn];
            }
        }
    }

    /// <summary>The routes that are advertised now.</summary>
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

    /// <summary>Description of how the session ended; null while it is established.</summary>
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
            withdrawn.Add(prefix);
            routes.Remove(prefix);
        }

        foreach (var route in ReceivedRoute.Of(update))
        {
            received.Add(route);
            routes[route.Prefix] = route;
        }
    }
}
