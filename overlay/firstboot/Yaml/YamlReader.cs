namespace Appliance.FirstBoot.Yaml;

/// <summary>
/// Reads the part of YAML 1.2 that metadata is written in, JSON included: block and flow collections,
/// plain, quoted, literal and folded scalars, comments, anchors, aliases and merge keys. What aliases repeat is
/// bounded, and tags are refused. Time and memory are linear in the length of the text.
/// </summary>
internal static class YamlReader
{
    /// <summary>Characters; no provider hands out more than a part of it (EC2 16 KiB, OpenStack 64 KiB).</summary>
    public const int MaximumLength = 1 << 20;

    /// <summary>Collections in collections.</summary>
    public const int MaximumDepth = 32;

    /// <exception cref="YamlException">Not of this form; says where and why.</exception>
    public static YamlNode Read(string text)
    {
        if (text.Length > MaximumLength)
        {
            throw new YamlException($"the text is longer than {MaximumLength} characters");
        }

        var lines = new YamlLines(text);
        lines.SkipHeader();
        var node = new BlockReader(lines).ReadDocument();
        return node;
    }
}
