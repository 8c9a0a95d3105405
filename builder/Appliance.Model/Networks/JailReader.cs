using Appliance.Model.Reports;
using Appliance.Model.Values;
using Appliance.Model.Yaml;

namespace Appliance.Model.Networks;

/// <summary>Reads one jail of a downstream.</summary>
internal sealed class JailReader(NodeReader reader)
{
    private const int LongestCommand = 255;

    public Jail? Read(YamlEntry entry, EntryName name)
    {
        if (reader.Mapping(entry.Value) is not { } mapping)
        {
            return null;
        }

        var map = new MappingReader(reader, mapping, entry.At);
        var address = map.OfFamily(
            map.RequiredValue<IpAddress>("address"),
            value => value.Family,
            IpFamily.Ipv6
        );
        var path = ReadCommand(map, "path", text => !text.Contains(' ', StringComparison.Ordinal));
        var start = ReadCommand(map, "start", _ => true);
        var raw = map.OptionalBoolean("raw_sockets");
        map.Finish();
        return address is null
            ? null
            : new Jail(entry.At, name, address)
            {
                Path = path,
                Start = start,
                RawSockets = raw?.Value ?? false,
            };
    }

    // Both stand in jail.conf(5), between quotes and in the hands of sh(1).
    private Located<string>? ReadCommand(MappingReader map, string key, Func<string, bool> isUsable)
    {
        if (map.Optional(key) is not { } entry || reader.Scalar(entry.Value) is not { } scalar)
        {
            return null;
        }

        var text = scalar.Text;
        if (
            text.StartsWith('/')
            && text.Length <= LongestCommand
            && text.All(c =>
                char.IsAsciiLetterOrDigit(c) || " ._/=:@,+-".Contains(c, StringComparison.Ordinal)
            )
            && !text.Split('/', ' ').Any(part => part is "." or "..")
            && isUsable(text)
        )
        {
            return new Located<string>(text, scalar.At);
        }

        reader.Report.Add(
            FindingCatalogue.NotAPath,
            scalar.At,
            $"{NodeReader.Show(scalar)} is no absolute {key} of letters, digits and . _ / = : @ , + -"
        );
        return null;
    }
}
