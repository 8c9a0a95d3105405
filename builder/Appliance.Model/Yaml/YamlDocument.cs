using Appliance.Model.Reports;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Appliance.Model.Yaml;

/// <summary>
/// Reads the one document of a text into nodes, from the parser's events, so that everything that could hurt is
/// refused while it is read: aliases, tags, depth, size, duplicate keys.
/// </summary>
internal sealed class YamlDocument
{
    private readonly SourceText source;
    private readonly Report report;
    private readonly Parser parser;
    private int nodes;

    private YamlDocument(SourceText source, Report report)
    {
        this.source = source;
        this.report = report;
        parser = new Parser(new StringReader(source.Text));
    }

    /// <summary>The root, or null if there is none that could be read; then the report has an error.</summary>
    public static YamlNode? Read(SourceText source, Report report)
    {
        report.AddSource(source);
        return RawTextCheck.Passes(source, report) ? new YamlDocument(source, report).Read() : null;
    }

    private YamlNode? Read()
    {
        try
        {
            return ReadStream();
        }
        catch (YamlException e)
        {
            ReportBroken(Span(e.Start, e.Start), YamlMessage.Of(e));
        }
        catch (Exception e) when (e is InvalidOperationException or EndOfStreamException)
        {
            // Parser and scanner end so on some texts, such as a flow list that is never closed.
            var reached = parser.Current?.End ?? Mark.Empty;
            ReportBroken(Span(reached, reached), "this is not YAML from here on");
        }
        catch (TooMuchException)
        {
            // The finding is already there; what was read so far is of no use.
        }

        return null;
    }

    private void ReportBroken(SourceSpan span, string message) =>
        report.Add(
            FindingCatalogue.BrokenYaml,
            new SourceLocation(source.File, "$", span),
            message,
            "mind the indentation, a space after ':' and '-', and quotes around text with ': ' or ' #'"
        );

    private YamlNode? ReadStream()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            return Empty();
        }

        parser.Consume<DocumentStart>();
        var root = ReadNode("$", 0);
        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out var second))
        {
            report.Add(
                FindingCatalogue.SeveralDocuments,
                At("$", second),
                "a second document begins here",
                "put every network and profile into a file of its own"
            );
            return null;
        }

        return root is YamlScalar { IsEmpty: true } ? Empty() : root;
    }

    private YamlNode? Empty()
    {
        report.Add(
            FindingCatalogue.EmptyDocument,
            new SourceLocation(source.File, "$", SourceSpan.Start),
            "the file is empty",
            "begin with \"schema: 1\""
        );
        return null;
    }

    private YamlNode ReadNode(string path, int depth)
    {
        var next = parser.Consume<ParsingEvent>();
        var at = At(path, next);
        if (++nodes > YamlLimits.Nodes)
        {
            report.Add(FindingCatalogue.TooManyNodes, at, $"more than {YamlLimits.Nodes} entries");
            throw new TooMuchException();
        }

        if (depth > YamlLimits.Depth)
        {
            report.Add(
                FindingCatalogue.TooDeep,
                at,
                $"nested more than {YamlLimits.Depth} levels deep"
            );
            throw new TooMuchException();
        }

        CheckProperties(next, at);
        return next switch
        {
            Scalar scalar => new YamlScalar(at, scalar.Value, scalar.Style is ScalarStyle.Plain),
            SequenceStart => ReadSequence(at, depth),
            MappingStart => ReadMapping(at, depth),
            _ => new YamlUnusable(at),
        };
    }

    private YamlSequence ReadSequence(SourceLocation at, int depth)
    {
        var items = new List<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode($"{at.Path}[{items.Count}]", depth + 1));
        }

        return new YamlSequence(at, items);
    }

    private YamlMapping ReadMapping(SourceLocation at, int depth)
    {
        var entries = new List<YamlEntry>();
        var lines = new Dictionary<string, int>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (ReadEntry(at, depth, lines) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return new YamlMapping(at, entries);
    }

    private YamlEntry? ReadEntry(SourceLocation at, int depth, Dictionary<string, int> lines)
    {
        var keyNode = ReadNode(at.Path, depth + 1);
        var key = keyNode as YamlScalar;
        var path = key is null ? at.Path : YamlPath.Below(at.Path, key.Text);
        var value = ReadNode(path, depth + 1);
        if (key is null)
        {
            ReportOddKey(keyNode);
            return null;
        }

        HideSecret(key.Text, value);
        var keyAt = key.At with { Path = path };
        if (!lines.TryAdd(key.Text, key.At.Span.Line))
        {
            report.Add(
                FindingCatalogue.DuplicateKey,
                keyAt,
                $"the key {Quoted.Text(key.Text)} already stands in line {lines[key.Text]}"
            );
            return null;
        }

        return new YamlEntry(keyAt, key.Text, value);
    }

    private void ReportOddKey(YamlNode key)
    {
        if (key is not YamlUnusable)
        {
            report.Add(
                FindingCatalogue.OddKey,
                key.At,
                $"{key.KindName} stands where a key is expected"
            );
        }
    }

    private void HideSecret(string key, YamlNode value)
    {
        if (value is YamlScalar scalar && SecretSpans.IsSecret(key, scalar.Text))
        {
            source.Hide(value.At.Span);
        }
    }

    private void CheckProperties(ParsingEvent next, SourceLocation at)
    {
        if (next is AnchorAlias || next is NodeEvent { Anchor.IsEmpty: false })
        {
            report.Add(
                FindingCatalogue.Alias,
                at,
                next is AnchorAlias
                    ? "an alias (*name) stands here"
                    : "an anchor (&name) stands here",
                "write the value out"
            );
        }

        if (next is NodeEvent { Tag.IsEmpty: false })
        {
            report.Add(
                FindingCatalogue.Tag,
                at,
                "a tag (!name) stands here",
                "remove it, or put the text in quotes if it really begins with '!'"
            );
        }
    }

    private SourceLocation At(string path, ParsingEvent next)
    {
        // Collections start where their first entry does; their end is of no use for underlining.
        var end = next is Scalar or AnchorAlias ? next.End : next.Start;
        return new SourceLocation(source.File, path, Span(next.Start, end));
    }

    private static SourceSpan Span(Mark start, Mark end) =>
        new(
            (int)Math.Max(1, start.Line),
            (int)Math.Max(1, start.Column),
            (int)Math.Max(1, end.Line),
            (int)Math.Max(1, end.Column)
        );

    /// <summary>A limit was passed; reading ends.</summary>
    private sealed class TooMuchException : Exception;
}
