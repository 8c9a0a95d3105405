namespace Appliance.Rendering.Documents;

/// <summary>How a session is kept up, whatever it carries.</summary>
public sealed record SessionDocument
{
    /// <summary>Hops to a neighbor that is not on the link; null on the link.</summary>
    public int? Multihop { get; init; }

    /// <summary>The neighbor drops packets whose TTL is below 255 (GTSM, RFC 5082).</summary>
    public bool TtlSecurity { get; init; }

    /// <summary>Bidirectional forwarding detection (RFC 5880); null for none.</summary>
    public BfdDocument? Bfd { get; init; }

    /// <summary>Seconds between keepalives; with <see cref="Hold"/> or not at all.</summary>
    public int? Keepalive { get; init; }

    /// <summary>Seconds of silence before the neighbor is given up.</summary>
    public int? Hold { get; init; }

    public GracefulRestartMode GracefulRestart { get; init; }

    /// <summary>Refuse a neighbor that does not tell its role (RFC 9234, strict mode).</summary>
    public bool StrictRole { get; init; }

    /// <summary>The session is switched off, and this is why (RFC 9003); null when it is on.</summary>
    public string? Shutdown { get; init; }
}

/// <summary>Pace of BFD.</summary>
/// <param name="Interval">Milliseconds between packets, both ways.</param>
/// <param name="Multiplier">Packets that may be missing.</param>
public sealed record BfdDocument(int Interval, int Multiplier);

/// <summary>What happens to routes while one side restarts (RFC 4724).</summary>
public enum GracefulRestartMode
{
    /// <summary>A neighbor that restarts keeps its routes for a while.</summary>
    Helper,

    /// <summary>Nothing is kept.</summary>
    Off,

    /// <summary>We ask for the same when we restart.</summary>
    Restart,
}
