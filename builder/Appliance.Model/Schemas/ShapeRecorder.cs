namespace Appliance.Model.Schemas;

/// <summary>
/// Writes down what readers ask a file for: which keys they know, what kind of value each may have. The schema of a
/// file is made of it, so that it cannot say anything else than the readers do.
/// </summary>
internal sealed class ShapeRecorder
{
    /// <summary>Path in a file to the place in the schema: names that a file chooses are "*", items of a list "[]".</summary>
    private readonly Dictionary<string, Shape> shapes = new(StringComparer.Ordinal);

    public Shape Root { get; } = new();

    public Shape At(string path)
    {
        if (!shapes.TryGetValue(path, out var shape))
        {
            shape = path == "$" ? Root : new Shape();
            shapes[path] = shape;
        }

        return shape;
    }

    /// <summary>A reader knows a key of a mapping.</summary>
    public void Key(string mapping, string key, string path)
    {
        var owner = At(mapping);
        if (!owner.Members.TryGetValue(key, out var member))
        {
            member = new Shape();
            owner.Members[key] = member;
        }

        shapes[path] = member;
    }

    /// <summary>A mapping was read to its end. What is needed in one case and not in another is not required.</summary>
    public void Require(string mapping, IReadOnlySet<string> keys)
    {
        var shape = At(mapping);
        shape.Required = shape.Required is null
            ? [.. keys]
            : [.. shape.Required.Where(keys.Contains)];
    }

    /// <summary>The keys of a mapping are names that the file chooses.</summary>
    public void Named(string mapping, string path)
    {
        var owner = At(mapping);
        shapes[path] = owner.Named ??= new Shape();
    }

    /// <summary>A list has items.</summary>
    public void Item(string list, string path)
    {
        var owner = At(list);
        shapes[path] = owner.Item ??= new Shape();
    }
}

/// <summary>What may stand in one place.</summary>
internal sealed class Shape
{
    public SortedDictionary<string, Shape> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>Keys that are always needed, null before any such mapping was read.</summary>
    public SortedSet<string>? Required { get; set; }

    public Shape? Named { get; set; }

    public Shape? Item { get; set; }

    /// <summary>A single value; text unless one of the following is known.</summary>
    public bool IsScalar { get; set; }

    public bool IsBoolean { get; set; }

    public (int Minimum, int Maximum)? Number { get; set; }

    public IReadOnlyList<string>? Words { get; set; }
}
