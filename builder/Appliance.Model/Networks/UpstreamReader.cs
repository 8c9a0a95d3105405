using Appliance.Model.Reports;
using Appliance.Model.Values;
using Appliance.Model.Yaml;

namespace Appliance.Model.Networks;

/// <summary>Reads one upstream of an edge.</summary>
internal sealed class UpstreamReader(NodeReader reader)
{
    private const int MostPrepends = 16;
    private const int LongestAddress = 128;

    private static readonly Dictionary<string, UpstreamRole> Roles = new()
    {
        ["transit"] = UpstreamRole.Transit,
        ["peer"] = UpstreamRole.Peer,
        ["route-server"] = UpstreamRole.RouteServer,
        ["customer"] = UpstreamRole.Customer,
    };

    private static readonly Dictionary<string, UpstreamImport> Imports = new()
    {
        ["full"] = UpstreamImport.Full,
        ["partial"] = UpstreamImport.Partial,
        ["default"] = UpstreamImport.Default,
        ["nothing"] = UpstreamImport.Nothing,
    };

    private static readonly Dictionary<string, UpstreamSend> Sends = new()
    {
        ["own"] = UpstreamSend.Own,
        ["default"] = UpstreamSend.Default,
        ["full"] = UpstreamSend.Full,
    };

    public Upstream? Read(YamlEntry entry, EntryName name)
    {
        if (reader.Mapping(entry.Value) is not { } mapping)
        {
            return null;
        }

        var map = new MappingReader(reader, mapping, entry.At);
        var asn = map.RequiredValue<Asn>("asn", "the AS number of the upstream");
        var neighbor = map.RequiredValue<IpAddress>("neighbor", "the address of its router");
        var over = new UpstreamPathReader(reader).Read(map);
        var rest = ReadRest(map, entry, name);
        map.Finish();
        return asn is null || neighbor is null || over is null ? null : rest(asn, neighbor, over);
    }

    // Everything is read, so that it has its findings, before it is known whether the upstream can be made of it.
    private Func<Located<Asn>, Located<IpAddress>, UpstreamPath, Upstream> ReadRest(
        MappingReader map,
        YamlEntry entry,
        EntryName name
    )
    {
        var role = map.OptionalWord("role", Roles);
        var import = map.OptionalWord("import", Imports);
        var send = map.OptionalWord("send", Sends);
        var prefixes = map.Values<IpPrefix>("prefixes");
        var requests = ReadRequests(map);
        var prepend = map.OptionalNumber("prepend", 0, MostPrepends);
        var med = map.OptionalNumber("med", 0, int.MaxValue);
        var preference = map.OptionalNumber("local_pref", 0, int.MaxValue);
        var communities = map.Values<CommunityOrName>("communities");
        var blackhole = map.OptionalValue<CommunityOrName>("blackhole");
        var drain = map.OptionalBoolean("drain");
        var password = SecretNameReader.Read(reader, map, "password");
        var maximum = map.OptionalNumber("maximum_prefix", 1, int.MaxValue);
        var session = new SessionReader(reader).Read(map);
        return (asn, neighbor, over) =>
            new Upstream
            {
                At = entry.At,
                Name = name,
                Asn = asn,
                Neighbor = neighbor,
                Over = over,
                Role = role ?? new Located<UpstreamRole>(UpstreamRole.Transit, entry.At),
                Import = import ?? new Located<UpstreamImport>(UpstreamImport.Full, entry.At),
                Send = send,
                Prefixes = prefixes,
                AcceptBlackholes = requests,
                Prepend = prepend?.Value ?? 0,
                Med = (uint?)med?.Value,
                LocalPreference = (uint?)preference?.Value,
                Communities = communities,
                Blackhole = blackhole,
                Drain = drain,
                PasswordSecret = password,
                MaximumPrefix = maximum,
                Session = session,
            };
    }

    /// <summary>"true" for single addresses, or a mapping.</summary>
    private Located<BlackholeRequests>? ReadRequests(MappingReader owner)
    {
        var entry = owner.Optional("accept_blackholes");
        if (entry is { Value: YamlScalar })
        {
            return reader.Boolean(entry.Value) is { Value: true } wanted
                ? new Located<BlackholeRequests>(default, wanted.At)
                : null;
        }

        if (owner.Below(entry) is not { } map)
        {
            return null;
        }

        map.Required("shortest", "length of the largest part of a prefix that may be dropped");
        var shortest = map.OptionalNumber("shortest", 1, LongestAddress);
        map.Finish();
        return new Located<BlackholeRequests>(new(shortest), entry!.At);
    }
}
