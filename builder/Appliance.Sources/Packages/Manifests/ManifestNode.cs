using System.Globalization;
using System.Text.Json;
using Appliance.Sources.Archives;

namespace Appliance.Sources.Packages.Manifests;

/// <summary>A value in a manifest, with its place for messages.</summary>
internal readonly record struct ManifestNode(JsonElement Value, string Place)
{
    public JsonValueKind Kind => Value.ValueKind;

    /// <summary>Text; numbers and truth values stand for what is written, as pkg takes them.</summary>
    public string Text() =>
        Kind switch
        {
            JsonValueKind.String => Decoded(),
            JsonValueKind.Number => Value.GetRawText(),
            _ => throw Wrong("a text"),
        };

    public long Integer()
    {
        var isInteger =
            Kind == JsonValueKind.Number ? Value.TryGetInt64(out var number)
            : Kind == JsonValueKind.String
                ? long.TryParse(
                    Value.GetString(),
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out number
                )
            : throw Wrong("a number");
        return isInteger ? number : throw Wrong("a whole number");
    }

    public bool Flag() =>
        Kind is JsonValueKind.True or JsonValueKind.False
            ? Value.GetBoolean()
            : throw Wrong("true or false");

    /// <summary>The elements of an array.</summary>
    public IEnumerable<ManifestNode> Elements()
    {
        if (Kind != JsonValueKind.Array)
        {
            throw Wrong("an array");
        }

        var index = 0;
        foreach (var element in Value.EnumerateArray())
        {
            yield return new ManifestNode(element, $"{Place}[{index++}]");
        }
    }

    /// <summary>The members of an object in their order.</summary>
    public IEnumerable<(string Key, ManifestNode Node)> Pairs()
    {
        if (Kind != JsonValueKind.Object)
        {
            throw Wrong("an object");
        }

        foreach (var member in Value.EnumerateObject())
        {
            var name = NameOf(member);
            yield return (
                name,
                new ManifestNode(member.Value, Place.Length == 0 ? name : $"{Place}.{name}")
            );
        }
    }

    /// <summary>The members of an object by their names; none may be there twice.</summary>
    public ManifestKeys Members()
    {
        var keys = new Dictionary<string, ManifestNode>(StringComparer.Ordinal);
        foreach (var (key, node) in Pairs())
        {
            if (!keys.TryAdd(key, node))
            {
                throw new ArchiveException($"{node.Place} is there twice");
            }
        }

        return new ManifestKeys(keys, Place);
    }

    public ArchiveException Wrong(string wanted) =>
        new($"{(Place.Length == 0 ? "it" : Place)} is not {wanted}");

    private string Decoded()
    {
        try
        {
            return Value.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new ArchiveException($"{Place} is not UTF-8", exception);
        }
    }

    private string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException exception)
        {
            throw new ArchiveException($"a key in {Place} is not UTF-8", exception);
        }
    }
}

/// <summary>The members of an object of a manifest.</summary>
internal readonly record struct ManifestKeys(Dictionary<string, ManifestNode> Keys, string Place)
{
    public ManifestNode? Find(string key) => Keys.TryGetValue(key, out var node) ? node : null;

    public string? Text(string key) => Find(key)?.Text();

    public string RequiredText(string key) =>
        Text(key) is { Length: > 0 } text
            ? text
            : throw new ArchiveException(
                $"{(Place.Length == 0 ? key : $"{Place}.{key}")} is missing or empty"
            );

    public bool Flag(string key) => Find(key)?.Flag() ?? false;

    /// <summary>A number of bytes; 0 where the key is absent.</summary>
    public long Size(string key)
    {
        var node = Find(key);
        var size = node?.Integer() ?? 0;
        return size >= 0 ? size : throw node!.Value.Wrong("a number of bytes");
    }

    public IReadOnlyList<string> Texts(string key) =>
        Find(key) is { } node ? [.. node.Elements().Select(element => element.Text())] : [];

    /// <summary>Names with texts; truth values count as <c>on</c> and <c>off</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs(string key) =>
        Find(key) is { } node
            ?
            [
                .. node.Pairs()
                    .Select(pair => new KeyValuePair<string, string>(
                        pair.Key,
                        pair.Node.Kind switch
                        {
                            JsonValueKind.True => "on",
                            JsonValueKind.False => "off",
                            _ => pair.Node.Text(),
                        }
                    )),
            ]
            : [];
}
