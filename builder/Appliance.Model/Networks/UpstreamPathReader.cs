using Appliance.Model.Reports;
using Appliance.Model.Values;
using Appliance.Model.Yaml;

namespace Appliance.Model.Networks;

/// <summary>Reads how an upstream is reached.</summary>
internal sealed class UpstreamPathReader(NodeReader reader)
{
    public UpstreamPath? Read(MappingReader owner)
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
}
