using System.Text;
using Appliance.Imaging.Tree;
using Appliance.Rendering;
using Appliance.Rendering.Documents;

namespace Appliance.Build.Overlays;

/// <summary>What is in the image because of the site: its document, and the files that are read before first boot.</summary>
internal static class RenderedLayer
{
    public const string Name = "site";

    // The document holds no secret, but nobody needs to read it either.
    private const int DocumentMode = 0b110_000_000;

    public static OverlayLayer Create(SiteDocument document)
    {
        var files = SiteRenderer
            .Render(document, InterfaceNames.Predict(document))
            .Where(file => file.InImage)
            .Select(file => new OverlayEntry(
                file.Path,
                FileContent.FromBytes(Encoding.UTF8.GetBytes(file.Content)),
                file.Mode,
                file.Owner,
                file.Group
            ));
        var own = new OverlayEntry(
            SiteDocument.TargetPath,
            FileContent.FromBytes(SiteDocumentJson.Write(document)),
            DocumentMode
        );
        return new OverlayLayer(Name, $"site {document.Site}", [.. files, own]);
    }
}
