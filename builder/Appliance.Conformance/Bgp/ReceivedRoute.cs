using System.Buffers.Binary;
using System.Net;

namespace Appliance.Conformance.Bgp;

/// <summary>A received route with its attributes.</summary>
internal sealed record ReceivedRoute
{
    public required IPNetwork Prefix { get; init; }

    /// <summary>The whole AS_PATH.</summary>
    public required IReadOnlyList<AsPathSegment> Path { get; init; }

    /// <summary>One address, or a global and a link-local one.</summary>
    public required IReadOnlyList<IPAddress> NextHop { get; init; }

    /// <summary>MULTI_EXIT_DISC, null when absent.</summary>
    public uint? Med { get; init; }

    /// <summary>"64497:9501", in the order of the message.</summary>
    public IReadOnlyList<string> Communities { get; init; } = [];

    /// <summary>"64500:1:2", likewise.</summary>
    public IReadOnlyList<string> LargeCommunities { get; init; } = [];

    /// <summary>Only To Customer (RFC 9234), null when absent.</summary>
    public uint? OnlyToCustomer { get; init; }

    /// <summary>AS numbers of the path's sequences, in order.</summary>
    public IReadOnlyList<uint> Asns => [.. Path.SelectMany(segment => segment.Asns)];

    public override string ToString() =>
        $"{Prefix} path \"{string.Join(' ', Path)}\""
        + (Communities.Count > 0 ? $" communities {string.Join(' ', Communities)}" : "")
        + (LargeCommunities.Count > 0 ? $" large {string.Join(' ', LargeCommunities)}" : "")
        + (Med is { } med ? $" MED {med}" : "")
        + (OnlyToCustomer is { } asn ? $" OTC {asn}" : "");

    /// <summary>Returns all announced routes of an UPDATE, of both families.</summary>
    /// <exception cref="BgpFormatException">An attribute is malformed.</exception>
    public static IReadOnlyList<ReceivedRoute> Of(BgpUpdate update)
    {
        var (prefixes, nextHop) = Reach(update);
        var path = ReadPath(update.Find(PathAttributeType.AsPath));
        return
        [
            .. prefixes.Select(prefix => new ReceivedRoute
            {
                Prefix = prefix,
                Path = path,
                NextHop = nextHop,
                Med = Number(update.Find(PathAttributeType.MultiExitDiscriminator)),
                Communities = ReadCommunities(update.Find(PathAttributeType.Communities)),
                LargeCommunities = ReadLarge(update.Find(PathAttributeType.LargeCommunities)),
                OnlyToCustomer = Number(update.Find(PathAttributeType.OnlyToCustomer)),
            }),
        ];
    }

    /// <summary>Returns all withdrawn prefixes of an UPDATE, of both families.</summary>
    /// <exception cref="BgpFormatException">An attribute is malformed.</exception>
    public static IReadOnlyList<IPNetwork> Withdrawn(BgpUpdate update)
    {
        if (update.Find(PathAttributeType.MultiprotocolUnreach) is not { } unreach)
        {
            return update.Withdrawn;
        }

        var reader = new WireReader(unreach.Value);
        var family = Family(ref reader);
        return [.. update.Withdrawn, .. WirePrefix.ReadAll(reader.TakeRest(), family)];
    }

    private static (IReadOnlyList<IPNetwork>, IReadOnlyList<IPAddress>) Reach(BgpUpdate update)
    {
        if (update.Find(PathAttributeType.MultiprotocolReach) is not { } reach)
        {
            var nextHop = update.Find(PathAttributeType.NextHop);
            return (update.Announced, nextHop is null ? [] : [Address(nextHop.Value)]);
        }

        var reader = new WireReader(reach.Value);
        var family = Family(ref reader);
        var addresses = reader.Take(reader.Byte());
        var size = family == RouteFamily.Ipv4 ? 4 : 16;
        if (addresses.Length == 0 || addresses.Length % size != 0)
        {
            throw new BgpFormatException($"a next hop of {family} has {addresses.Length} octets");
        }

        var hops = new List<IPAddress>();
        for (var i = 0; i < addresses.Length; i += size)
        {
            hops.Add(new IPAddress(addresses.Slice(i, size)));
        }

        reader.Byte();
        return (WirePrefix.ReadAll(reader.TakeRest(), family), hops);
    }

    private static IPAddress Address(byte[] value) =>
        value.Length == 4
            ? new IPAddress(value)
            : throw new BgpFormatException($"a next hop of IPv4 has {value.Length} octets");

    private static RouteFamily Family(ref WireReader reader)
    {
        var family = reader.UInt16();
        var subsequent = reader.Byte();
        return family is 1 or 2 && subsequent == 1
            ? (RouteFamily)family
            : throw new BgpFormatException($"routes of family {family}/{subsequent}");
    }

    private static List<AsPathSegment> ReadPath(PathAttribute? attribute)
    {
        var reader = new WireReader(attribute?.Value ?? []);
        var segments = new List<AsPathSegment>();
        while (!reader.AtEnd)
        {
            var kind = (AsPathSegmentKind)reader.Byte();
            var asns = new uint[reader.Byte()];
            for (var i = 0; i < asns.Length; i++)
            {
                asns[i] = reader.UInt32();
            }

            segments.Add(new(kind, asns));
        }

        return segments;
    }

    private static uint? Number(PathAttribute? attribute) =>
        attribute is null ? null
        : attribute.Value.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(attribute.Value)
        : throw new BgpFormatException($"{attribute.Type} has {attribute.Value.Length} octets");

    private static List<string> ReadCommunities(PathAttribute? attribute)
    {
        var reader = new WireReader(attribute?.Value ?? []);
        var values = new List<string>();
        while (!reader.AtEnd)
        {
            values.Add($"{reader.UInt16()}:{reader.UInt16()}");
        }

        return values;
    }

    private static List<string> ReadLarge(PathAttribute? attribute)
    {
        var reader = new WireReader(attribute?.Value ?? []);
        var values = new List<string>();
        while (!reader.AtEnd)
        {
            values.Add(
                new LargeCommunity(reader.UInt32(), reader.UInt32(), reader.UInt32()).ToString()
            );
        }

        return values;
    }
}
