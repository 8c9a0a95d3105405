using Appliance.Model.Reports;
using Appliance.Model.Values;
using Appliance.Model.Yaml;

namespace Appliance.Model.Networks;

/// <summary>Reads one link between two sites.</summary>
internal sealed class LinkReader(NodeReader reader)
{
    private const int HighestNumber = 1_000_000;

    private static readonly Dictionary<string, TunnelProtocol> Protocols = new()
    {
        ["gif"] = TunnelProtocol.Gif,
        ["gre"] = TunnelProtocol.Gre,
    };

    /// <param name="position">Position in the list, from 1.</param>
    public Link? Read(YamlNode node, int position)
    {
        if (reader.Mapping(node) is not { } mapping)
        {
            return null;
        }

        var map = new MappingReader(reader, mapping, node.At);
        var protocol = map.Required("kind", "gif or gre") is { } kind
            ? reader.Word(kind.Value, Protocols)
            : null;
        var ends = ReadEnds(map);
        var number = map.OptionalNumber("number", 1, HighestNumber);
        var mtu = map.OptionalValue<Mtu>("mtu");
        var over = map.Named("over", ReadUnderlay);
        map.Finish();
        return protocol is null || ends is null
            ? null
            : new Link
            {
                At = node.At,
                Protocol = protocol.Value,
                First = ends[0],
                Second = ends[1],
                Number = number ?? new Located<int>(position, node.At),
                Mtu = mtu,
                Over = over,
            };
    }

    private List<Located<EntryName>>? ReadEnds(MappingReader map)
    {
        var entry = map.Required("between", "the two sites, as in [router01, vps01]");
        if (entry is { Value: YamlSequence sequence } && sequence.Items.Count != 2)
        {
            reader.Report.Add(
                FindingCatalogue.WrongKind,
                sequence.At,
                $"a link has two ends, not {sequence.Items.Count}"
            );
        }

        var ends = map.Values<EntryName>("between");
        return ends.Count == 2 ? ends : null;
    }

    private LinkUnderlay? ReadUnderlay(YamlEntry entry, EntryName site) =>
        reader.Value<EntryName>(entry.Value) is { } name
            ? new LinkUnderlay(entry.At, site, name)
            : null;
}
