using Appliance.Model.Reports;
using Appliance.Model.Values;
using Appliance.Model.Yaml;

namespace Appliance.Model.Networks;

/// <summary>
/// From nodes to a network. What cannot be read has a finding and is left out, so that the rest can still be
/// validated; checks about absent things look at the report first.
/// </summary>
internal sealed class NetworkReader(NodeReader reader)
{
    /// <summary>Stands in for an AS number that could not be read; checks of it are then skipped.</summary>
    private static readonly Asn Unread = new(1);

    /// <summary>The network as far as it can be read, null if the document is none at all.</summary>
    public Network? Read(YamlNode root)
    {
        if (reader.Mapping(root) is not { } mapping)
        {
            return null;
        }

        var map = new MappingReader(reader, mapping, root.At);
        SchemaNumber.Check(map, Network.CurrentSchema);
        var network = new Network
        {
            At = root.At,
            Name = map.RequiredValue<EntryName>("network")?.Value ?? default,
            // What cannot be read is one finding; that everything else is no lab's would be many more.
            Lab = map.OptionalBoolean("lab")?.Value ?? map.Has("lab"),
            Asn = map.RequiredValue<Asn>("asn") ?? new Located<Asn>(Unread, root.At),
            Serial = map.OptionalNumber("serial", 1, int.MaxValue)?.Value,
            Prefixes = ReadPrefixes(map),
            LinkPrefix = ReadLinkPrefix(map),
            RpkiCaches = ReadCaches(map),
            Communities = map.Named("communities", ReadCommunity),
            Blackholes = map.Values<IpPrefix>("blackholes"),
            Bmp = ReadStation(map),
            Nameservers = map.Values<IpAddress>("nameservers"),
            TimeServers = map.Values<HostOrAddress>("time_servers"),
            Admin = new AdminReader(reader).Read(map),
            Preflight = new PreflightReader(reader).ReadPolicy(map),
            AddressEcho = PreflightReader.ReadEcho(map),
            Registry = RegistryReader.Read(map),
            Sites = ReadSites(map),
            Links = map.Items("links", node => node)
                .Select((node, i) => new LinkReader(reader).Read(node, i + 1))
                .OfType<Link>()
                .ToList(),
        };
        map.Finish();
        return network;
    }

    private static List<Located<IpPrefix>> ReadPrefixes(MappingReader map)
    {
        var entry = map.Required("prefixes", "the address space that the AS announces, as a list");
        if (entry is { Value: YamlSequence { Items.Count: 0 } })
        {
            map.Reader.Report.Add(FindingCatalogue.EmptyList, entry.At, "prefixes is empty");
        }

        return map.Values<IpPrefix>("prefixes");
    }

    private static Located<IpPrefix>? ReadLinkPrefix(MappingReader map) =>
        map.OfFamily(
            map.OptionalValue<IpPrefix>("link_prefix"),
            prefix => prefix.Family,
            IpFamily.Ipv6
        );

    private List<RpkiCache> ReadCaches(MappingReader map)
    {
        if (map.Below(map.Optional("rpki")) is not { } rpki)
        {
            return [];
        }

        var caches = rpki.Items("caches", ReadCache);
        rpki.Finish();
        return caches;
    }

    private RpkiCache? ReadCache(YamlNode node)
    {
        if (reader.Mapping(node) is not { } mapping)
        {
            return null;
        }

        var map = new MappingReader(reader, mapping, node.At);
        var host = map.RequiredValue<HostOrAddress>("host");
        var port = map.OptionalValue<PortNumber>("port");
        var hasSsh = map.Has("ssh");
        var ssh = map.Below(map.Optional("ssh")) is { } below ? ReadSsh(below) : null;
        map.Finish();
        if (host is null || (hasSsh && ssh is null))
        {
            return null;
        }

        // RFC 8210, section 14: plain TCP has port 323; over ssh it is a subsystem of the usual port.
        var usual = new PortNumber((ushort)(hasSsh ? 22 : 323));
        return new RpkiCache(host, port ?? new Located<PortNumber>(usual, host.At), ssh);
    }

    private RpkiSsh? ReadSsh(MappingReader map)
    {
        var user = map.RequiredValue<EntryName>("user", "our name at the cache");
        var key = SecretNameReader.Read(reader, map, "key", isRequired: true);
        var hostKey =
            map.Required("host_key", "the cache's public key, as in known_hosts") is { } entry
            && !PlainSecrets.IsPrivateKey(reader, entry.Value)
                ? reader.Value<SshPublicKey>(entry.Value)
                : null;
        map.Finish();
        return user is null || key is null || hostKey is null
            ? null
            : new RpkiSsh(user, key, hostKey);
    }

    private NamedCommunity? ReadCommunity(YamlEntry entry, EntryName name) =>
        reader.Value<Community>(entry.Value) is { } community
            ? new NamedCommunity(entry.At, name, community)
            : null;

    private static MonitoringStation? ReadStation(MappingReader owner)
    {
        var entry = owner.Optional("bmp");
        if (owner.Below(entry) is not { } map)
        {
            return null;
        }

        var host = map.RequiredValue<HostOrAddress>("host");
        var port = map.RequiredValue<PortNumber>("port", "there is no usual one; often 11019");
        map.Finish();
        return host is null || port is null ? null : new MonitoringStation(host, port);
    }

    private List<Site> ReadSites(MappingReader map)
    {
        var entry = map.Required("sites", "the machines of the network, by name");
        if (entry is { Value: YamlMapping { Entries.Count: 0 } })
        {
            map.Reader.Report.Add(FindingCatalogue.EmptyList, entry.At, "sites is empty");
        }

        return map.Named("sites", new SiteReader(reader).Read);
    }
}
