using Appliance.Model.Reports;
using Appliance.Model.Schemas;
using Appliance.Model.Values;

namespace Appliance.Model.Yaml;

/// <summary>Reads single nodes as typed values; what does not fit becomes a finding and null.</summary>
/// <param name="source">The text, for findings.</param>
/// <param name="report">Receives the findings.</param>
/// <param name="shapes">Learns what is asked for, when a schema is made.</param>
internal sealed class NodeReader(SourceText source, Report report, ShapeRecorder? shapes = null)
{
    public ShapeRecorder? Shapes => shapes;

    public Report Report => report;

    public SourceText Source => source;

    /// <summary>The mapping that a node is, or null with a finding.</summary>
    public YamlMapping? Mapping(YamlNode node)
    {
        ReportWrongKind(node, node is YamlMapping, "a mapping (key: value)");
        return node as YamlMapping;
    }

    /// <summary>The list that a node is, or null with a finding.</summary>
    public YamlSequence? Sequence(YamlNode node)
    {
        ReportWrongKind(node, node is YamlSequence, "a list ([…], or lines with '- ')");
        foreach (var item in (node as YamlSequence)?.Items ?? [])
        {
            shapes?.Item(node.At.Path, item.At.Path);
        }

        return node as YamlSequence;
    }

    /// <summary>The text that a node is, or null with a finding.</summary>
    public YamlScalar? Scalar(YamlNode node)
    {
        ReportWrongKind(node, node is YamlScalar, "a single value");
        if (node is YamlScalar)
        {
            shapes?.At(node.At.Path).IsScalar = true;
        }

        return node is YamlScalar { IsEmpty: false } scalar ? scalar : null;
    }

    public Located<T>? Value<T>(YamlNode node)
        where T : struct, IParsedValue<T>
    {
        if (Scalar(node) is not { } scalar)
        {
            return null;
        }

        if (T.TryParse(scalar.Text, out var value, out var reason))
        {
            return new Located<T>(value, scalar.At);
        }

        report.Add(T.Malformed, scalar.At, $"{Show(scalar)} {reason}");
        return null;
    }

    /// <summary>A whole number within bounds.</summary>
    public Located<int>? Number(YamlNode node, int minimum, int maximum)
    {
        if (Scalar(node) is not { } scalar)
        {
            return null;
        }

        shapes?.At(node.At.Path).Number = (minimum, maximum);
        var isNumber = DecimalNumber.TryParse(scalar.Text, int.MaxValue, out var number);
        if (isNumber && number >= minimum && number <= maximum)
        {
            return new Located<int>((int)number, scalar.At);
        }

        report.Add(
            FindingCatalogue.NotANumber,
            scalar.At,
            $"{Show(scalar)} is not a whole number from {minimum} to {maximum}"
        );
        return null;
    }

    public Located<bool>? Boolean(YamlNode node)
    {
        if (Scalar(node) is not { } scalar)
        {
            return null;
        }

        shapes?.At(node.At.Path).IsBoolean = true;
        if (scalar.IsPlain && scalar.Text is "true" or "false")
        {
            return new Located<bool>(scalar.Text == "true", scalar.At);
        }

        report.Add(
            FindingCatalogue.NotABoolean,
            scalar.At,
            $"{Show(scalar)} is neither true nor false",
            "write true or false, without quotes"
        );
        return null;
    }

    /// <summary>One of a few words.</summary>
    public Located<T>? Word<T>(YamlNode node, IReadOnlyDictionary<string, T> words)
    {
        if (Scalar(node) is not { } scalar)
        {
            return null;
        }

        shapes?.At(node.At.Path).Words = [.. words.Keys];
        if (words.TryGetValue(scalar.Text, out var value))
        {
            return new Located<T>(value, scalar.At);
        }

        report.Add(
            FindingCatalogue.UnknownWord,
            scalar.At,
            $"{Show(scalar)} is none of {string.Join(", ", words.Keys)}",
            Spelling.Nearest(scalar.Text, words.Keys) is { } nearest
                ? $"did you mean {nearest}?"
                : null
        );
        return null;
    }

    /// <summary>The name that an entry's key is.</summary>
    public EntryName? Name(YamlEntry entry)
    {
        if (EntryName.TryParse(entry.Key, out var name, out var reason))
        {
            return name;
        }

        report.Add(FindingCatalogue.NotAName, entry.At, $"{Quoted.Text(entry.Key)} {reason}");
        return null;
    }

    /// <summary>The value as it may be repeated: never one that runs over lines, as after a forgotten quote.</summary>
    public static string Show(YamlScalar scalar) =>
        scalar.At.Span.IsOneLine ? Quoted.Text(scalar.Text) : "the text";

    private void ReportWrongKind(YamlNode node, bool fits, string expected)
    {
        if (node is YamlUnusable)
        {
            return;
        }

        if (node is YamlScalar { IsEmpty: true })
        {
            report.Add(
                FindingCatalogue.EmptyValue,
                node.At,
                $"nothing is written where {expected} is expected",
                "give it a value or remove the key"
            );
        }
        else if (!fits)
        {
            report.Add(
                FindingCatalogue.WrongKind,
                node.At,
                $"{node.KindName} stands where {expected} is expected"
            );
        }
    }
}
