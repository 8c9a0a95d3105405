using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Appliance.Rendering.Documents;

/// <summary>Reads and writes site documents without reflection.</summary>
public static class SiteDocumentJson
{
    /// <summary>The contract of the document, from which its JSON Schema is made.</summary>
    public static JsonTypeInfo<SiteDocument> Contract =>
        SiteDocumentJsonContext.Default.SiteDocument;

    /// <summary>Indented JSON with a final newline; the same document gives the same bytes.</summary>
    public static byte[] Write(SiteDocument document) =>
        [
            .. JsonSerializer.SerializeToUtf8Bytes(
                document,
                SiteDocumentJsonContext.Default.SiteDocument
            ),
            (byte)'\n',
        ];

    /// <summary>Reads a document; unknown and missing members are errors.</summary>
    /// <exception cref="JsonException">Not a site document of <see cref="SiteDocument.CurrentSchema"/>.</exception>
    public static SiteDocument Read(ReadOnlySpan<byte> json)
    {
        var document =
            JsonSerializer.Deserialize(json, SiteDocumentJsonContext.Default.SiteDocument)
            ?? throw new JsonException("the site document is null");
        return document.Schema == SiteDocument.CurrentSchema
            ? document
            : throw new JsonException(
                $"the site document has schema {document.Schema}, this program reads {SiteDocument.CurrentSchema}"
            );
    }
}
