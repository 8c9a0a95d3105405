namespace Appliance.Rendering.Documents;

/// <summary>A downstream host's share of the AS's address space, all of it in FIB 1.</summary>
public sealed record AnnouncedDocument
{
    /// <summary>Device that holds the announced addresses, "bridge0" or "lo1".</summary>
    public required string Device { get; init; }

    /// <summary>Prefixes routed to this host.</summary>
    public required IReadOnlyList<string> Prefixes { get; init; }

    /// <summary>Addresses of the host itself, plain; each becomes a /128 on <see cref="Device"/>.</summary>
    public IReadOnlyList<string> Addresses
    {
        get;
        init => field = value ?? [];
    } = [];

    public IReadOnlyList<JailDocument> Jails
    {
        get;
        init => field = value ?? [];
    } = [];
}
