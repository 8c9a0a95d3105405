using Appliance.FirstBoot.Signatures;
using Appliance.Rendering;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Verdicts;

namespace Appliance.FirstBoot.Personalisation;

/// <summary>What the machine is about to become, decided and complete.</summary>
internal sealed record Target
{
    public required SiteDocument Document { get; init; }

    /// <summary>Interface of the document to device.</summary>
    public required IReadOnlyDictionary<string, string> Devices { get; init; }

    /// <summary>Configuration files, without the service's own.</summary>
    public required IReadOnlyList<RenderedFile> Files { get; init; }

    public IReadOnlyDictionary<string, string> Secrets { get; init; } =
        new Dictionary<string, string>();

    /// <summary>The signed document that counts from now on; null leaves what was accepted before.</summary>
    public SignedDocument? Accepted { get; init; }

    /// <summary>Hash of root's password; null locks the account.</summary>
    public string? ConsolePassword { get; init; }

    public IReadOnlyList<MetadataFinding> Findings { get; init; } = [];

    /// <summary>What of the metadata is not configured, and why.</summary>
    public IReadOnlyList<string> NotApplied { get; init; } = [];

    /// <summary>The machine is a closed one with nothing but a way in.</summary>
    public bool IsMinimal { get; init; }
}
