using System.Text;
using Appliance.Imaging.Tree;
using Appliance.Rendering;
using Appliance.Rendering.Documents;

namespace Appliance.Build.Overlays;

/// <summary>
/// What is in the image because of its site, or of the sites that it may become: their documents, and the files that
/// are read before first boot.
/// </summary>
internal static class RenderedLayer
{
    public const string Name = "site";

    // The document holds no secret, but nobody needs to read it either.
    private const int DocumentMode = 0b110_000_000;

    private const int FolderMode = 0b111_101_101;

    /// <summary>The layer of an image of one site.</summary>
    public static OverlayLayer Create(SiteDocument document) =>
        new(
            Name,
            $"site {document.Site}",
            [.. BeforeFirstBoot(document), Entry(SiteDocument.TargetPath, document)]
        );

    /// <summary>The layer of an image of any of these sites; the profile's name is for people.</summary>
    public static OverlayLayer Create(
        SiteDocument unclaimed,
        string profile,
        IReadOnlyList<SiteDocument> choices
    ) =>
        new(
            Name,
            $"profile {profile}",
            [
                .. BeforeFirstBoot(unclaimed),
                new OverlayEntry(SiteDocument.ChoicesPath, null, FolderMode),
                .. choices.Select(choice =>
                    Entry($"{SiteDocument.ChoicesPath}/{choice.Site}.json", choice)
                ),
            ]
        );

    private static IEnumerable<OverlayEntry> BeforeFirstBoot(SiteDocument document) =>
        SiteRenderer
            .Render(document, InterfaceNames.Predict(document))
            .Where(file => file.InImage)
            .Select(file => new OverlayEntry(
                file.Path,
                FileContent.FromBytes(Encoding.UTF8.GetBytes(file.Content)),
                file.Mode,
                file.Owner,
                file.Group
            ));

    private static OverlayEntry Entry(string path, SiteDocument document) =>
        new(path, FileContent.FromBytes(SiteDocumentJson.Write(document)), DocumentMode);
}
