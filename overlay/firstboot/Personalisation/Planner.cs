using Appliance.FirstBoot.Interfaces;
using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Merging;
using Appliance.FirstBoot.Metadata;
using Appliance.FirstBoot.Signatures;
using Appliance.FirstBoot.Sources;
using Appliance.FirstBoot.State;
using Appliance.Rendering;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Verdicts;

namespace Appliance.FirstBoot.Personalisation;

/// <summary>Decides what the machine is to be. Writes nothing.</summary>
internal sealed class Planner(IMachine machine, StateStore store, Renderer render)
{
    /// <summary>What differs between document and metadata, also when planning failed because of it.</summary>
    public IReadOnlyList<MetadataFinding> Findings { get; private set; } = [];

    private readonly DocumentChoice choice = new(machine, store);

    /// <summary>The signed document that counts, also when planning failed; null without one.</summary>
    public SignedDocument? Accepted => choice.Accepted;

    /// <param name="gathered">All that is known.</param>
    /// <param name="isSameMachine">What an earlier run stored is this machine's.</param>
    /// <exception cref="FirstBootException">Nothing can be made of it, and why.</exception>
    public Target Plan(Gathering gathered, bool isSameMachine)
    {
        if (gathered.Problem is { } problem)
        {
            throw new FirstBootException(problem);
        }

        var document = SiteDocumentJson.Read(choice.Choose(gathered, isSameMachine));
        var interfaces = new KernelReader(machine).Interfaces();
        var devices = new DeviceFinder(
            interfaces,
            device => PciPosition.Find(machine, device),
            device =>
                gathered.Facts.Interfaces.Any(known =>
                    known.HasGateway && known.Mac is not null && known.Mac == device.Ether
                )
        ).Find(document.Interfaces);
        var merged = new Merger(gathered.Facts, devices, interfaces).Merge(document);
        Findings = [.. choice.Findings, .. merged.Findings];
        CheckConflict(merged);
        var arrived = SecretsFor(gathered, isSameMachine);
        var secrets = DocumentSecrets.Usable(merged.Document, arrived);
        Findings =
        [
            .. Findings,
            .. DocumentSecrets.Gaps(merged.Document, arrived).Select(SecretFindings.Of),
        ];
        return new Target
        {
            Document = merged.Document,
            Devices = devices,
            Files = render(merged.Document, new InterfaceNames(devices), new Secrets(secrets)),
            Secrets = secrets,
            Accepted = choice.Accepted,
            ConsolePassword = PasswordFor(gathered.Facts.Owner, isSameMachine),
            Findings = Findings,
            NotApplied = merged.NotApplied,
        };
    }

    private static void CheckConflict(Merged merged)
    {
        if (merged.Conflict is { } conflict)
        {
            throw new FirstBootException(
                $"{conflict.Subject}: the document says {conflict.Document}, the metadata {conflict.Metadata}; "
                    + "this may be another machine than the document's"
            );
        }
    }

    /// <summary>As with secrets; but an owner who says something, and no password, has taken it back.</summary>
    private string? PasswordFor(OwnerData owner, bool isSameMachine) =>
        owner.IsEmpty
        && isSameMachine
        && !new DocumentSignature(machine).IsNeeded
        && store.ReadState() is { ConsolePassword: true }
            ? new RootAccount(machine).Password()
            : owner.ConsolePassword;

    /// <summary>A seed may be gone after first boot; what it gave stays with the machine it was given to.</summary>
    private IReadOnlyDictionary<string, string> SecretsFor(Gathering gathered, bool isSameMachine)
    {
        var arrived = gathered.Facts.Owner.Secrets;
        return arrived.Count > 0 || !isSameMachine ? arrived : store.ReadSecrets();
    }
}
