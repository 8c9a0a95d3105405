using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Networks;

/// <summary>How a session is kept up, whatever it carries.</summary>
public sealed record UpstreamSession
{
    /// <summary>Hops to a neighbor that is not on the link.</summary>
    public Located<int>? Multihop { get; init; }

    /// <summary>The neighbor drops packets whose TTL is below 255 (RFC 5082).</summary>
    public Located<bool>? TtlSecurity { get; init; }

    public Located<Bfd>? Bfd { get; init; }

    public Located<Timers>? Timers { get; init; }

    public RestartMode GracefulRestart { get; init; }

    /// <summary>Refuse a neighbor that does not tell its role (RFC 9234).</summary>
    public bool StrictRole { get; init; }

    /// <summary>The session is switched off, and this is why (RFC 9003).</summary>
    public Located<Reason>? Shutdown { get; init; }
}

/// <summary>Bidirectional forwarding detection (RFC 5880).</summary>
/// <param name="Interval">Milliseconds between packets.</param>
/// <param name="Multiplier">Packets that may be missing.</param>
public readonly record struct Bfd(int Interval, int Multiplier)
{
    /// <summary>What routers across the Internet can keep up with; a dead path is noticed after 900 ms.</summary>
    public static readonly Bfd Usual = new(300, 3);
}

/// <summary>Seconds between keepalives, and of silence before the neighbor is given up (RFC 4271).</summary>
public readonly record struct Timers(int Keepalive, int Hold);

/// <summary>What happens to routes while one side restarts (RFC 4724).</summary>
public enum RestartMode
{
    /// <summary>A neighbor that restarts keeps its routes for a while.</summary>
    Helper,

    /// <summary>Nothing is kept.</summary>
    Off,

    /// <summary>We ask for the same when we restart.</summary>
    Restart,
}
