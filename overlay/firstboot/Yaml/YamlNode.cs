using System.Globalization;

namespace Appliance.FirstBoot.Yaml;

/// <summary>A node of a document; JSON documents are documents of this kind too.</summary>
/// <param name="Line">Where it begins, from 1.</param>
internal abstract record YamlNode(int Line)
{
    /// <summary>The text of a scalar that is not null.</summary>
    public string? Text => this is YamlScalar { IsNull: false } scalar ? scalar.Value : null;

    /// <summary>The value behind a key of a mapping; null when there is none, or when this is no mapping.</summary>
    public YamlNode? Find(string key) =>
        (this as YamlMapping)?.Entries.FirstOrDefault(entry => entry.Key == key).Value;

    /// <summary>The text behind a key of a mapping.</summary>
    public string? TextOf(string key) => Find(key)?.Text;

    /// <summary>The items of a sequence; a scalar is a sequence of itself, null is an empty one.</summary>
    public IReadOnlyList<YamlNode> Items =>
        this switch
        {
            YamlSequence sequence => sequence.Nodes,
            YamlScalar { IsNull: true } => [],
            _ => [this],
        };

    /// <summary>The items behind a key.</summary>
    public IReadOnlyList<YamlNode> ItemsOf(string key) => Find(key)?.Items ?? [];
}

/// <summary>Text, with whether it stood without quotes and may thus be a number, a boolean or null.</summary>
internal sealed record YamlScalar(string Value, bool IsPlain, int Line) : YamlNode(Line)
{
    /// <summary>Core schema of YAML 1.2.</summary>
    public bool IsNull => IsPlain && Value is ("" or "~" or "null" or "Null" or "NULL");

    /// <summary>Null when it is no boolean. "yes" and "on" are words (YAML 1.2), as in JSON.</summary>
    public bool? Boolean =>
        (IsPlain ? Value : "") switch
        {
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            _ => null,
        };

    /// <summary>True for what JSON takes for a number as well (RFC 8259, section 6).</summary>
    public bool IsNumber => IsPlain && Value.Length <= 32 && IsJsonNumber(Value);

    private static bool IsJsonNumber(ReadOnlySpan<char> text)
    {
        const string Digits = "0123456789";
        var rest = text.StartsWith('-') ? text[1..] : text;
        var whole = rest.Length - rest.TrimStart(Digits).Length;
        if (whole == 0 || (whole > 1 && rest[0] == '0'))
        {
            return false;
        }

        rest = rest[whole..];
        if (rest.StartsWith('.'))
        {
            var fraction = rest[1..].TrimStart(Digits);
            if (fraction.Length == rest.Length - 1)
            {
                return false;
            }

            rest = fraction;
        }

        if (rest is ['e' or 'E', _, ..])
        {
            var exponent = rest[1] is '+' or '-' ? rest[2..] : rest[1..];
            return exponent.Length > 0 && exponent.TrimStart(Digits).IsEmpty;
        }

        return rest.IsEmpty;
    }

    /// <summary>A secret may be in it: nothing of it goes into a message by accident.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"scalar of line {Line}");
}

/// <summary>Keys in the order of the text, each once.</summary>
internal sealed record YamlMapping(IReadOnlyList<(string Key, YamlNode Value)> Entries, int Line)
    : YamlNode(Line)
{
    public IEnumerable<string> Keys => Entries.Select(entry => entry.Key);
}

internal sealed record YamlSequence(IReadOnlyList<YamlNode> Nodes, int Line) : YamlNode(Line);
