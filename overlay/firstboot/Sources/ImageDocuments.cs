using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Signatures;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Verdicts;

namespace Appliance.FirstBoot.Sources;

/// <summary>The site documents in the image: the machine's own, and for an image of many sites the others by name.</summary>
internal sealed class ImageDocuments(IMachine machine)
{
    public const string SourceName = "image";

    private const string Folder = SiteDocument.ChoicesPath;
    private const string Extension = ".json";

    /// <summary>The document of an image that was made for one site.</summary>
    public byte[]? Own { get; } = machine.Read(SiteDocument.TargetPath);

    public SourceRecord Record
    {
        get
        {
            var names = SiteNames;
            return new SourceRecord
            {
                Name = SourceName,
                State = Own is null && names.Count == 0 ? SourceState.Absent : SourceState.Used,
                Place =
                    Own is not null ? SiteDocument.TargetPath
                    : names.Count > 0 ? Folder
                    : null,
                Gave = Own is not null ? ["document"] : [.. names.Select(name => $"site {name}")],
            };
        }
    }

    private IReadOnlyList<string> SiteNames =>
        [
            .. machine
                .Names(Folder)
                .Where(name => name.EndsWith(Extension, StringComparison.Ordinal))
                .Select(name => name[..^Extension.Length]),
        ];

    /// <summary>The site of an image that can be no other one; null where there are several, none, or none readable.</summary>
    public string? OnlySite =>
        Documents().ToList() is [var only] && SignedDocument.TryRead(only) is { } document
            ? document.Site
            : null;

    /// <summary>The machine's own document, or else all that metadata may choose from.</summary>
    public IEnumerable<byte[]> Documents() => Own is { } own ? [own] : Choices();

    /// <summary>The documents that metadata may choose from.</summary>
    public IEnumerable<byte[]> Choices() =>
        SiteNames.Select(name => machine.Read($"{Folder}/{name}{Extension}")).OfType<byte[]>();

    /// <exception cref="FirstBootException">The image has no document of this site.</exception>
    public byte[] Find(string site)
    {
        if (SiteNames.Contains(site) && machine.Read($"{Folder}/{site}{Extension}") is { } content)
        {
            return content;
        }

        if (Own is not null && SiteDocumentJson.Read(Own).Site == site)
        {
            return Own;
        }

        var known = Own is null ? SiteNames : [SiteDocumentJson.Read(Own).Site, .. SiteNames];
        throw new FirstBootException(
            $"the metadata selects site {Metadata.PlainText.Shown(site)}, and the image has "
                + (known.Count == 0 ? "none" : string.Join(", ", known))
        );
    }
}
