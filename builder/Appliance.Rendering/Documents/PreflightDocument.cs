namespace Appliance.Rendering.Documents;

/// <summary>What is held back until the machine's preflight passes.</summary>
public enum PreflightHold
{
    /// <summary>Nothing: the checks only report.</summary>
    Nothing,

    /// <summary>Routes are learned, but none is announced.</summary>
    Announcements,

    /// <summary>No session comes up.</summary>
    Sessions,
}

/// <summary>What an edge does before it announces anything.</summary>
public sealed record PreflightDocument
{
    public required PreflightHold Hold { get; init; }

    /// <summary>Seconds between two tries.</summary>
    public required int RetrySeconds { get; init; }
}

/// <summary>URLs of services that answer with the address they see, one per family.</summary>
public sealed record AddressEchoDocument
{
    public string? Ipv4 { get; init; }

    public string? Ipv6 { get; init; }
}
