namespace Appliance.Rendering.Documents;

/// <summary>A jail in FIB 1.</summary>
public sealed record JailDocument
{
    public required string Name { get; init; }

    /// <summary>Plain IPv6 address inside one of the announced prefixes.</summary>
    public required string Address { get; init; }

    /// <summary>Root of the jail; "/jails/NAME" when absent. It is made where it is missing.</summary>
    public string? Path { get; init; }

    /// <summary>Command that starts the jail, in FIB 1; an empty jail that persists when absent.</summary>
    public string? Start { get; init; }

    /// <summary>The jail may open raw sockets (ping, traceroute).</summary>
    public bool RawSockets { get; init; }
}
