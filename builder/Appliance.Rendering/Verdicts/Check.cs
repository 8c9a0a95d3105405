namespace Appliance.Rendering.Verdicts;

/// <summary>One thing that the document implies, read back from the kernel.</summary>
public sealed record Check
{
    /// <summary>Stable name, "tunnel.gif0.mtu".</summary>
    public required string Name { get; init; }

    public required bool Passed { get; init; }

    public required string Expected { get; init; }

    public required string Actual { get; init; }
}
