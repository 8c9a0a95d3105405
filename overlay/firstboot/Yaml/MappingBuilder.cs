namespace Appliance.FirstBoot.Yaml;

/// <summary>Collects the entries of a mapping; a plain key "&lt;&lt;" merges other mappings into it.</summary>
/// <param name="line">Where the mapping begins.</param>
internal sealed class MappingBuilder(int line)
{
    private readonly List<(string, YamlNode)> entries = [];
    private readonly HashSet<string> keys = new(StringComparer.Ordinal);
    private readonly List<YamlNode> merged = [];

    /// <exception cref="YamlException">The key occurs twice.</exception>
    public void Claim(string key, int number)
    {
        if (!keys.Add(key))
        {
            throw YamlException.At(number, "this key occurs twice");
        }
    }

    /// <param name="key">Claimed before.</param>
    /// <param name="isPlain">Without quotes.</param>
    /// <param name="value">Its value.</param>
    public void Add(string key, bool isPlain, YamlNode value)
    {
        if (isPlain && key == "<<")
        {
            keys.Remove(key);
            merged.AddRange(value.Items);
        }
        else
        {
            entries.Add((key, value));
        }
    }

    /// <summary>The mapping's own keys come before merged ones, and earlier merged ones before later ones.</summary>
    /// <exception cref="YamlException">What is merged is no mapping.</exception>
    public YamlMapping Build()
    {
        foreach (var node in merged)
        {
            var mapping =
                node as YamlMapping
                ?? throw YamlException.At(node.Line, "a merge key takes mappings");
            entries.AddRange(mapping.Entries.Where(entry => keys.Add(entry.Key)));
        }

        return new YamlMapping(entries, line);
    }
}
