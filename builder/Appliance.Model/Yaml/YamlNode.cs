using Appliance.Model.Reports;

namespace Appliance.Model.Yaml;

/// <summary>A node of a YAML document with its place. There are no aliases and no tags.</summary>
internal abstract record YamlNode(SourceLocation At)
{
    /// <summary>What the node is, for messages.</summary>
    public abstract string KindName { get; }
}

/// <summary>Text as written; types follow from the key. <see cref="IsPlain"/>: without quotes, on no block.</summary>
internal sealed record YamlScalar(SourceLocation At, string Text, bool IsPlain) : YamlNode(At)
{
    public override string KindName => "a text";

    /// <summary>Nothing was written, or a null.</summary>
    public bool IsEmpty => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";
}

internal sealed record YamlSequence(SourceLocation At, IReadOnlyList<YamlNode> Items) : YamlNode(At)
{
    public override string KindName => "a list";
}

internal sealed record YamlMapping(SourceLocation At, IReadOnlyList<YamlEntry> Entries)
    : YamlNode(At)
{
    public override string KindName => "a mapping";

    public YamlEntry? Find(string key) => Entries.FirstOrDefault(e => e.Key == key);
}

/// <summary>A key and its value. <see cref="At"/> is the place of the key with the path of the value.</summary>
internal sealed record YamlEntry(SourceLocation At, string Key, YamlNode Value);

/// <summary>A node that already has a finding and is not to be read.</summary>
internal sealed record YamlUnusable(SourceLocation At) : YamlNode(At)
{
    public override string KindName => "something unusable";
}
