using System.Buffers;

namespace Appliance.FirstBoot.Yaml;

/// <summary>
/// The anchors of a document (YAML 1.2, 6.9.2 and 7.1). What aliases repeat counts against a budget: a short text cannot
/// become a document without bound.
/// </summary>
internal sealed class YamlAnchors
{
    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n,[]{}");

    private readonly Dictionary<string, YamlNode> nodes = new(StringComparer.Ordinal);

    /// <summary>Nodes and characters that aliases may still repeat.</summary>
    private int budget = YamlReader.MaximumLength;

    /// <summary>Length of "&amp;name" or "*name" at the beginning of a text.</summary>
    /// <exception cref="YamlException">There is no name.</exception>
    public static int Length(ReadOnlySpan<char> text, int line)
    {
        var end = text[1..].IndexOfAny(Ends);
        var length = end < 0 ? text.Length : end + 1;
        return length > 1
            ? length
            : throw YamlException.At(line, "an anchor or alias without a name");
    }

    /// <summary>A name may be given again; the later one counts from there on.</summary>
    public void Add(string name, YamlNode node) => nodes[name] = node;

    /// <param name="name">Without the '*'.</param>
    /// <param name="line">Of the alias.</param>
    /// <param name="depth">Levels above the alias.</param>
    /// <exception cref="YamlException">No such anchor before, or too much is repeated.</exception>
    public YamlNode Find(string name, int line, int depth)
    {
        var node = nodes.TryGetValue(name, out var known)
            ? known
            : throw YamlException.At(line, "an alias without its anchor before it");
        Count(node, line, depth);
        return node;
    }

    private void Count(YamlNode node, int line, int depth)
    {
        budget -= 1 + ((node as YamlScalar)?.Value.Length ?? 0);
        if (budget < 0)
        {
            throw YamlException.At(line, "the aliases repeat too much");
        }

        if (depth > YamlReader.MaximumDepth)
        {
            throw YamlException.At(line, $"more than {YamlReader.MaximumDepth} levels");
        }

        foreach (var child in Children(node))
        {
            Count(child, line, depth + 1);
        }
    }

    private static IEnumerable<YamlNode> Children(YamlNode node) =>
        node switch
        {
            YamlMapping mapping => mapping.Entries.Select(entry => entry.Value),
            YamlSequence sequence => sequence.Nodes,
            _ => [],
        };
}
