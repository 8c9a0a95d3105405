namespace Appliance.Rendering.Documents;

/// <summary>A jail in FIB 1.</summary>
public sealed record JailDocument
{
    public required string Name { get; init; }

    /// <summary>Plain IPv6 address inside one of the announced prefixes.</summary>
    public required string Address { get; init; }
}
