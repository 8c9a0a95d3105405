using Appliance.Model.Reports;
using Appliance.Model.Values;
using Appliance.Model.Yaml;

namespace Appliance.Model.Networks;

/// <summary>Reads one site.</summary>
internal sealed class SiteReader(NodeReader reader)
{
    private static readonly Dictionary<string, Role> Roles = new()
    {
        ["edge"] = Role.Edge,
        ["downstream"] = Role.Downstream,
    };

    public Site? Read(YamlEntry entry, EntryName name)
    {
        if (reader.Mapping(entry.Value) is not { } mapping)
        {
            return null;
        }

        var map = new MappingReader(reader, mapping, entry.At);
        var role = map.Required("role", "edge or downstream") is { } roleEntry
            ? reader.Word(roleEntry.Value, Roles)
            : null;
        var profile = map.RequiredValue<EntryName>("profile", "the profile its image is made with");
        var hostname = map.RequiredValue<HostName>("hostname", "such as router01.example.net");
        var rest = ReadRest(map, entry, name);
        map.Finish();
        return role is null || profile is null || hostname is null
            ? null
            : rest(role.Value, profile, hostname);
    }

    // Everything is read, so that it has its findings, before it is known whether the site can be made of it.
    private Func<Role, Located<EntryName>, Located<HostName>, Site> ReadRest(
        MappingReader map,
        YamlEntry entry,
        EntryName name
    )
    {
        var loopbacks = ReadLoopbacks(map);
        var routerId = map.OptionalAddress("router_id", IpFamily.Ipv4);
        var interfaces = ReadInterfaces(map);
        var drain = map.OptionalBoolean("drain");
        var upstreams = map.Named("upstreams", new UpstreamReader(reader).Read);
        var prefixes = map.Items("prefixes", node => ReadIpv6Prefix(map, node));
        var addresses = map.Items("addresses", node => ReadIpv6Address(map, node));
        var jails = map.Named("jails", new JailReader(reader).Read);
        var routes = map.Items("routes", ReadRoute);
        var nameservers = map.Has("nameservers") ? map.Values<IpAddress>("nameservers") : null;
        var times = map.Has("time_servers") ? map.Values<HostOrAddress>("time_servers") : null;
        map.Optional("nameservers");
        map.Optional("time_servers");
        return (role, profile, hostname) =>
            new Site
            {
                At = entry.At,
                Name = name,
                Role = role,
                Profile = profile,
                Hostname = hostname,
                Loopbacks = loopbacks,
                RouterId = routerId,
                Interfaces = interfaces,
                Drain = drain,
                Upstreams = upstreams,
                Prefixes = prefixes,
                Addresses = addresses,
                Jails = jails,
                Routes = routes,
                Nameservers = nameservers,
                TimeServers = times,
            };
    }

    private List<Located<IpAddress>> ReadLoopbacks(MappingReader map)
    {
        var entry = map.Optional("loopback");
        if (entry?.Value is YamlSequence)
        {
            return map.Values<IpAddress>("loopback");
        }

        return entry is not null && reader.Value<IpAddress>(entry.Value) is { } one ? [one] : [];
    }

    private List<SiteInterface> ReadInterfaces(MappingReader map)
    {
        var entry = map.Required("interfaces", "the machine's network interfaces, by name");
        if (entry is { Value: YamlMapping { Entries.Count: 0 } })
        {
            reader.Report.Add(FindingCatalogue.EmptyList, entry.At, "interfaces is empty");
        }

        return map.Named("interfaces", new InterfaceReader(reader).Read);
    }

    private Located<IpPrefix>? ReadIpv6Prefix(MappingReader map, YamlNode node) =>
        map.OfFamily(reader.Value<IpPrefix>(node), prefix => prefix.Family, IpFamily.Ipv6);

    private Located<IpAddress>? ReadIpv6Address(MappingReader map, YamlNode node) =>
        map.OfFamily(reader.Value<IpAddress>(node), address => address.Family, IpFamily.Ipv6);

    private StaticRoute? ReadRoute(YamlNode node)
    {
        if (reader.Mapping(node) is not { } mapping)
        {
            return null;
        }

        var map = new MappingReader(reader, mapping, node.At);
        var to = map.RequiredValue<IpPrefix>("to", "a prefix; ::/0 or 0.0.0.0/0 is the default");
        var via = map.OptionalValue<IpAddress>("via");
        var blackhole = map.OptionalBoolean("blackhole");
        var fib = map.OptionalNumber("fib", 0, 15);
        map.Finish();
        ExclusiveKeys.Check(map, "via", "blackhole");
        return to is null || (via is null && blackhole is not { Value: true })
            ? null
            : new StaticRoute
            {
                At = node.At,
                To = to,
                Via = via,
                Blackhole = via is null,
                Fib = fib?.Value ?? 0,
            };
    }
}
