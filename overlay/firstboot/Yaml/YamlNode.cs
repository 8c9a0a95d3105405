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

    /// <summary>True for what JSON would take for a number as well.</summary>
    public bool IsNumber =>
        IsPlain
        && Value.Length is > 0 and <= 32
        && (char.IsAsciiDigit(Value[0]) || (Value[0] == '-' && Value.Length > 1))
        && Value.All(letter =>
            char.IsAsciiDigit(letter) || letter is '-' or '+' or '.' or 'e' or 'E'
        )
        && double.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        && Value.TrimStart('-') is var digits
        && (digits == "0" || digits[0] != '0' || digits.Length == 1 || digits[1] == '.');

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
