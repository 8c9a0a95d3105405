using Appliance.Model.Reports;
using Appliance.Model.Values;
using Appliance.Model.Yaml;

namespace Appliance.Model.Networks;

/// <summary>Reads one upstream of an edge.</summary>
internal sealed class UpstreamReader(NodeReader reader)
{
    private const int MostPrepends = 16;

    public Upstream? Read(YamlEntry entry, EntryName name)
    {
        if (reader.Mapping(entry.Value) is not { } mapping)
        {
            return null;
        }

        var map = new MappingReader(reader, mapping, entry.At);
        var asn = map.RequiredValue<Asn>("asn", "the AS number of the upstream");
        var neighbor = map.RequiredValue<IpAddress>("neighbor", "the address of its router");
        var over = ReadOver(map);
        var prepend = map.OptionalNumber("prepend", 0, MostPrepends);
        var communities = map.Values<Community>("communities");
        var password = ReadPassword(map);
        var maximum = map.OptionalNumber("maximum_prefix", 1, int.MaxValue);
        map.Finish();
        return asn is null || neighbor is null || over is null
            ? null
            : new Upstream
            {
                At = entry.At,
                Name = name,
                Asn = asn,
                Neighbor = neighbor,
                Over = over,
                Prepend = prepend?.Value ?? 0,
                Communities = communities,
                PasswordSecret = password,
                MaximumPrefix = maximum?.Value,
            };
    }

    private UpstreamPath? ReadOver(MappingReader owner)
    {
        var entry = owner.Required("over", "an interface's name, or {gre: {…}} or {gif: {…}}");
        if (entry is null)
        {
            return null;
        }

        if (entry.Value is YamlScalar)
        {
            return reader.Value<EntryName>(entry.Value) is { } name
                ? new UpstreamPath.Direct(name)
                : null;
        }

        if (owner.Below(entry) is not { } map)
        {
            return null;
        }

        var gif = map.Optional("gif");
        var gre = map.Optional("gre");
        map.Finish();
        if (!ExclusiveKeys.Check(map, "gif", "gre"))
        {
            return null;
        }

        return ReadTunnel(
            map,
            (gif ?? gre)!,
            gif is null ? TunnelProtocol.Gre : TunnelProtocol.Gif
        );
    }

    private static UpstreamPath.Tunnel? ReadTunnel(
        MappingReader owner,
        YamlEntry? entry,
        TunnelProtocol protocol
    )
    {
        if (owner.Below(entry) is not { } map)
        {
            return null;
        }

        map.Required("remote", "the outer IPv4 address of the upstream's end");
        var remote = map.OptionalAddress("remote", IpFamily.Ipv4);
        map.Required("address", "the inner IPv6 address of our end, such as 2001:db8::2/127");
        var address = map.OptionalInterfaceAddress("address", IpFamily.Ipv6);
        var local = map.OptionalAddress("local", IpFamily.Ipv4);
        var over = map.OptionalValue<EntryName>("over");
        var mtu = map.OptionalValue<Mtu>("mtu");
        var fib = map.OptionalNumber("tunnelfib", 0, 15);
        map.Finish();
        return remote is null || address is null
            ? null
            : new UpstreamPath.Tunnel
            {
                At = entry!.At,
                Protocol = protocol,
                Remote = remote,
                Address = address,
                Local = local,
                Interface = over,
                Mtu = mtu,
                TunnelFib = fib,
            };
    }

    private Located<EntryName>? ReadPassword(MappingReader owner)
    {
        var entry = owner.Optional("password");
        if (entry?.Value is YamlScalar or YamlSequence)
        {
            PlainSecrets.Report(reader, entry.Value);
            return null;
        }

        if (owner.Below(entry) is not { } map)
        {
            return null;
        }

        // {hunter2: x}, {text: hunter2}: only what is nearly "secret" is a misspelling and may be repeated.
        if (map.Keys.Any(key => Spelling.Distance(key, "secret") > 2))
        {
            PlainSecrets.Report(reader, entry!.Value);
            return null;
        }

        var secret = map.Required("secret", "the name of the secret");
        map.Finish();
        if (secret is null || reader.Scalar(secret.Value) is not { } scalar)
        {
            return null;
        }

        if (EntryName.TryParse(scalar.Text, out var name, out _))
        {
            return new Located<EntryName>(name, scalar.At);
        }

        // What is no name is most likely the password itself.
        PlainSecrets.Report(reader, scalar);
        return null;
    }
}
