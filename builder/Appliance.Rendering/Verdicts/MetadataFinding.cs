namespace Appliance.Rendering.Verdicts;

/// <summary>Two places say different things of this machine.</summary>
public sealed record MetadataFinding
{
    /// <summary>What it is about: "hostname", "interface.wan.ipv4".</summary>
    public required string Subject { get; init; }

    /// <summary>What the site document says.</summary>
    public required string Document { get; init; }

    /// <summary>What the metadata says.</summary>
    public required string Metadata { get; init; }

    /// <summary>The machine was not made because of it; otherwise the document's word counts.</summary>
    public required bool IsConflict { get; init; }
}
