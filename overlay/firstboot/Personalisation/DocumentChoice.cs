using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Signatures;
using Appliance.FirstBoot.Sources;
using Appliance.FirstBoot.State;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Verdicts;

namespace Appliance.FirstBoot.Personalisation;

/// <summary>
/// The document that a machine is made from: the owner's in the metadata first, then the image's, then what a seed
/// said that is gone now. With signing keys in the image the newest that is signed, and never one that is older.
/// </summary>
internal sealed class DocumentChoice(IMachine machine, StateStore store)
{
    private readonly DocumentSignature signature = new(machine);

    /// <summary>The signed document that counts, also when the machine cannot be made from it; null without one.</summary>
    public SignedDocument? Accepted { get; private set; }

    /// <summary>What was not checked about the document.</summary>
    public IReadOnlyList<MetadataFinding> Findings { get; private set; } = [];

    /// <exception cref="FirstBootException">There is no document, or the one that there is is refused.</exception>
    public byte[] Choose(Gathering gathered, bool isSameMachine)
    {
        var (owner, image) = (gathered.Facts.Owner, gathered.Image);
        if (signature.IsNeeded)
        {
            Accepted =
                store.ReadAccepted() is { } stored && signature.Holds(stored) ? stored : null;
        }

        if (owner.Document is { } carried)
        {
            return Carried(carried, owner.Signature, gathered, isSameMachine);
        }

        return Newer(image, isSameMachine)
            ?? (owner.SiteName is { } name ? image.Find(name) : null)
            ?? image.Own
            ?? Earlier(image, isSameMachine)
            ?? throw new FirstBootException(Absent(gathered));
    }

    private byte[] Carried(byte[] content, string? signedBy, Gathering gathered, bool isSameMachine)
    {
        signature.Demand(content, signedBy);
        if (!signature.IsNeeded)
        {
            return content;
        }

        var document = SiteDocumentJson.Read(content);
        var image = gathered.Image;
        var rules = new DocumentRules(
            [.. image.Documents()],
            Accepted,
            image.Own is { } own ? SiteOf(own) : SiteBefore(isSameMachine)
        );
        if (rules.Check(content, document, machine.UtcNow) is { } gap)
        {
            Findings =
            [
                new MetadataFinding
                {
                    Subject = "document.not_after",
                    Document = document.NotAfter!,
                    Metadata = gap,
                    IsConflict = false,
                },
            ];
        }

        Accepted = new SignedDocument(content, signedBy!);
        return content;
    }

    /// <summary>The document that was accepted before, where the image has none of its site or an older one.</summary>
    private byte[]? Newer(ImageDocuments image, bool isSameMachine)
    {
        if (!isSameMachine || Accepted is null)
        {
            return null;
        }

        var accepted = SignedDocument.TryRead(Accepted.Content);
        return
            accepted is not null
            && image
                .Documents()
                .Select(SignedDocument.TryRead)
                .OfType<SiteDocument>()
                .All(other => IsBelow(other, accepted, image.Own is not null))
            ? Accepted.Content
            : null;
    }

    /// <summary>What this machine is already, from the image where only that may say who logs in.</summary>
    private byte[]? Earlier(ImageDocuments image, bool isSameMachine) =>
        SiteBefore(isSameMachine) is not { } site ? null
        : !signature.IsNeeded ? store.ReadDocument()
        : image.Choices().FirstOrDefault(content => SiteOf(content) == site);

    /// <summary>An image of another network or site is that one's.</summary>
    private static bool IsBelow(SiteDocument image, SiteDocument accepted, bool isOwn) =>
        image.Network == accepted.Network
        && (image.Site == accepted.Site ? (image.Serial ?? 0) < (accepted.Serial ?? 0) : !isOwn);

    private static string? SiteOf(byte[] document) => SignedDocument.TryRead(document)?.Site;

    private string? SiteBefore(bool isSameMachine) =>
        isSameMachine && store.ReadState() is { Minimal: false } state ? state.Site : null;

    private static string Absent(Gathering gathered) =>
        string.Join(
            "; ",
            gathered.Unsigned.Prepend(
                $"there is no {SiteDocument.TargetPath}, and no metadata carries or selects a site document ("
                    + string.Join(", ", gathered.Records.Select(Summary))
                    + ")"
            )
        );

    private static string Summary(SourceRecord record) =>
        $"{record.Name} {record.State.ToString().ToLowerInvariant()}";
}
