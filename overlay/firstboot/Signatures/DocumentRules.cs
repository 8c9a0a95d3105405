using System.Globalization;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Signatures;

/// <summary>
/// What a document must be, beside signed, to be accepted: of this machine's network and site, and not older than what
/// the machine has.
/// </summary>
/// <param name="image">The documents in the image.</param>
/// <param name="accepted">The last signed document that this disk accepted; null when there is none.</param>
/// <param name="boundSite">The site that the machine is; null where it may become any.</param>
internal sealed class DocumentRules(
    IReadOnlyList<byte[]> image,
    SignedDocument? accepted,
    string? boundSite
)
{
    private readonly List<(byte[] Content, SiteDocument Document, string Place)> known =
    [
        .. image
            .Append(accepted?.Content)
            .OfType<byte[]>()
            .Select(content =>
                (
                    content,
                    document: SignedDocument.TryRead(content)!,
                    content == accepted?.Content ? "one that was accepted before" : "the image's"
                )
            )
            .Where(item => item.document is not null),
    ];

    /// <returns>Why not_after was not compared with the clock; null when there is nothing to say.</returns>
    /// <exception cref="FirstBootException">The document is refused.</exception>
    public string? Check(byte[] content, SiteDocument document, DateTimeOffset now)
    {
        CheckPlace(document);
        var isNew = true;
        foreach (var item in known.Where(item => item.Document.Site == document.Site))
        {
            CheckSerial(
                document,
                item.Document,
                item.Place,
                content.AsSpan().SequenceEqual(item.Content)
            );
            isNew &= !content.AsSpan().SequenceEqual(item.Content);
        }

        return isNew ? DocumentAge.Check(document, known.Select(item => item.Document), now) : null;
    }

    private void CheckPlace(SiteDocument document)
    {
        if (known.FirstOrDefault().Document is { } one && one.Network != document.Network)
        {
            throw new FirstBootException(
                $"the signed document is of the network {Shown(document.Network)}, and this image of {Shown(one.Network)}"
            );
        }

        if (boundSite is not null && boundSite != document.Site)
        {
            throw new FirstBootException(
                $"the signed document is of site {Shown(document.Site)}, and this machine is {Shown(boundSite)}"
            );
        }
    }

    private static void CheckSerial(
        SiteDocument document,
        SiteDocument other,
        string place,
        bool isSame
    )
    {
        var (offered, present) = (document.Serial ?? 0, other.Serial ?? 0);
        if (offered < present)
        {
            throw new FirstBootException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the signed document is older than {place}: serial {offered} is below {present}"
                )
            );
        }

        if (offered == present && !isSame)
        {
            throw new FirstBootException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the signed document has serial {offered} like {place}, and another content: sign it with a higher serial"
                )
            );
        }
    }

    private static string Shown(string text) => Metadata.PlainText.Shown(text);
}
