using System.Text.Json;

namespace Appliance.Rendering.Internet;

/// <summary>
/// What is known of the Internet as a whole, on one day: numbers that nobody may use, how large the tables
/// are, and which networks buy transit from nobody. It is one file, overlay/data/internet.json, so that it can
/// be looked through and replaced; it travels inside this assembly, because the router renders with it.
/// </summary>
public sealed record InternetData
{
    private const string Resource = "internet.json";

    private static readonly Lazy<InternetData> Embedded = new(ReadEmbedded);

    /// <summary>The data that came with this program.</summary>
    public static InternetData Current => Embedded.Value;

    /// <summary>The day on which the sources were read.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Addresses of the registries and reports.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Routes in a full table.</summary>
    public required RouteCount Table { get; init; }

    /// <summary>How many routes a session may bring before it is torn down, unless the network file says.</summary>
    public required RouteLimits Limits { get; init; }

    /// <summary>Special-purpose space; nobody routes it, nor anything inside it. IPv4 first.</summary>
    public required IReadOnlyList<BogonPrefix> BogonPrefixes { get; init; }

    /// <summary>AS numbers that must not occur in a path, in ascending order.</summary>
    public required IReadOnlyList<BogonAsnRange> BogonAsns { get; init; }

    /// <summary>Large networks without transit: they are never behind a peer or a customer of ours.</summary>
    public required IReadOnlyList<TransitFreeNetwork> TransitFree { get; init; }

    private static InternetData ReadEmbedded()
    {
        using var stream =
            typeof(InternetData).Assembly.GetManifestResourceStream(Resource)
            ?? throw new RenderingException(Resource, "the data file is not embedded");
        return JsonSerializer.Deserialize(stream, InternetDataJsonContext.Default.InternetData)
            ?? throw new RenderingException(Resource, "the data file is empty");
    }
}

/// <summary>Numbers of routes, by family.</summary>
public sealed record RouteCount(int Ipv4, int Ipv6)
{
    public int Of(bool ipv6) => ipv6 ? Ipv6 : Ipv4;
}

/// <summary>Limits by what is expected of a session.</summary>
/// <param name="Full">A full table: above today's with room to grow.</param>
/// <param name="Peer">A peer or a route server: below today's table, so that a leaked one is noticed.</param>
/// <param name="Partial">What a small machine can hold.</param>
/// <param name="Customer">Networks of one customer.</param>
public sealed record RouteLimits(
    RouteCount Full,
    RouteCount Peer,
    RouteCount Partial,
    RouteCount Customer
);

/// <summary>Space that nobody may announce.</summary>
public sealed record BogonPrefix(string Prefix, string Why);

/// <summary>AS numbers that nobody may use, both ends included.</summary>
public sealed record BogonAsnRange(uint First, uint Last, string Why);

/// <summary>A network that reaches everybody without buying transit.</summary>
public sealed record TransitFreeNetwork(uint Asn, string Name);
