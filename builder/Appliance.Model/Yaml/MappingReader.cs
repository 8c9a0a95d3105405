using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Yaml;

/// <summary>
/// Reads the entries of one mapping. Every key that is asked for is known; <see cref="Finish"/> reports the others.
/// </summary>
internal sealed class MappingReader(NodeReader reader, YamlMapping mapping, SourceLocation owner)
{
    private readonly List<string> known = [];
    private readonly HashSet<string> required = [];

    public NodeReader Reader => reader;

    /// <summary>Where findings about the mapping as a whole belong.</summary>
    public SourceLocation Owner => owner;

    public IEnumerable<string> Keys => mapping.Entries.Select(entry => entry.Key);

    public bool Has(string key) => mapping.Find(key) is not null;

    /// <summary>The entry of an optional key.</summary>
    public YamlEntry? Optional(string key)
    {
        if (!known.Contains(key))
        {
            known.Add(key);
        }

        reader.Shapes?.Key(mapping.At.Path, key, YamlPath.Below(mapping.At.Path, key));

        var entry = mapping.Find(key);
        if (entry is { Value: YamlScalar { IsEmpty: true } })
        {
            reader.Report.Add(
                FindingCatalogue.EmptyValue,
                entry.At,
                $"{key} has no value",
                "give it a value or remove the key"
            );
            return null;
        }

        return entry;
    }

    /// <summary>The entry of a required key; its absence is a finding.</summary>
    public YamlEntry? Required(string key, string? hint = null)
    {
        var entry = Optional(key);
        required.Add(key);
        if (entry is null && !Has(key))
        {
            reader.Report.Add(
                FindingCatalogue.MissingKey,
                owner with
                {
                    Path = YamlPath.Below(mapping.At.Path, key),
                },
                $"the key {key} is missing",
                hint
            );
        }

        return entry;
    }

    public Located<T>? RequiredValue<T>(string key, string? hint = null)
        where T : struct, IParsedValue<T> =>
        Required(key, hint) is { } entry ? reader.Value<T>(entry.Value) : null;

    public Located<T>? OptionalValue<T>(string key)
        where T : struct, IParsedValue<T> =>
        Optional(key) is { } entry ? reader.Value<T>(entry.Value) : null;

    public Located<int>? OptionalNumber(string key, int minimum, int maximum) =>
        Optional(key) is { } entry ? reader.Number(entry.Value, minimum, maximum) : null;

    public Located<bool>? OptionalBoolean(string key) =>
        Optional(key) is { } entry ? reader.Boolean(entry.Value) : null;

    /// <summary>One of a few words.</summary>
    public Located<T>? OptionalWord<T>(string key, IReadOnlyDictionary<string, T> words) =>
        Optional(key) is { } entry ? reader.Word(entry.Value, words) : null;

    /// <summary>An address of a given family.</summary>
    public Located<IpAddress>? OptionalAddress(string key, IpFamily family) =>
        OfFamily(OptionalValue<IpAddress>(key), value => value.Family, family);

    /// <summary>An interface's address of a given family.</summary>
    public Located<InterfaceAddress>? OptionalInterfaceAddress(string key, IpFamily family) =>
        OfFamily(OptionalValue<InterfaceAddress>(key), value => value.Family, family);

    /// <summary>The items of an optional list, as far as they can be read.</summary>
    public List<Located<T>> Values<T>(string key)
        where T : struct, IParsedValue<T> => Items(key, reader.Value<T>);

    /// <summary>The items of an optional list, read by a function that returns null with a finding.</summary>
    public List<T> Items<T>(string key, Func<YamlNode, T?> read)
        where T : class
    {
        var items = Optional(key) is { } entry ? reader.Sequence(entry.Value)?.Items : null;
        return items is null ? [] : [.. items.Select(read).OfType<T>()];
    }

    /// <summary>The entries of an optional mapping of names, as far as they can be read.</summary>
    public List<T> Named<T>(string key, Func<YamlEntry, EntryName, T?> read)
        where T : class
    {
        var result = new List<T>();
        var entries = Optional(key) is { } entry ? reader.Mapping(entry.Value)?.Entries : null;
        foreach (var item in entries ?? [])
        {
            reader.Shapes?.Named(YamlPath.Below(mapping.At.Path, key), item.At.Path);
            if (reader.Name(item) is { } name && read(item, name) is { } value)
            {
                result.Add(value);
            }
        }

        return result;
    }

    /// <summary>The mapping below an entry as a reader of its own.</summary>
    public MappingReader? Below(YamlEntry? entry) =>
        entry is not null && reader.Mapping(entry.Value) is { } inner
            ? new MappingReader(reader, inner, entry.At)
            : null;

    public Located<T>? OfFamily<T>(Located<T>? value, Func<T, IpFamily> familyOf, IpFamily family)
    {
        if (value is null || familyOf(value.Value) == family)
        {
            return value;
        }

        var (wanted, found) = family == IpFamily.Ipv4 ? ("IPv4", "IPv6") : ("IPv6", "IPv4");
        reader.Report.Add(
            FindingCatalogue.WrongFamily,
            value.At,
            $"\"{value.Value}\" is {found} where {wanted} is expected"
        );
        return null;
    }

    /// <summary>Reports every key that was not asked for.</summary>
    public void Finish()
    {
        reader.Shapes?.Require(mapping.At.Path, required);
        foreach (var entry in mapping.Entries.Where(e => !known.Contains(e.Key)))
        {
            UnknownKeys.Report(reader, entry, known);
        }
    }
}
