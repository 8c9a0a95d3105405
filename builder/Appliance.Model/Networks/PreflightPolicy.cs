using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Networks;

/// <summary>What an edge holds back until its preflight passes.</summary>
public enum PreflightHold
{
    /// <summary>Nothing: the checks only report.</summary>
    Nothing,

    /// <summary>Sessions come up and routes are learned, but nothing is announced.</summary>
    Announcements,

    /// <summary>No session comes up.</summary>
    Sessions,
}

/// <summary>What is checked before an edge announces anything, and what happens until it passes.</summary>
/// <param name="Hold">What is held back.</param>
/// <param name="RetrySeconds">Seconds between two tries; the hold lifts by itself at the first one that passes.</param>
public sealed record PreflightPolicy(PreflightHold Hold, int RetrySeconds);

/// <summary>Services that answer with the address they see, as <c>curl --interface ADDRESS</c> is used against.</summary>
public sealed record AddressEcho(SourceLocation At)
{
    public Located<HttpUrl>? Ipv4 { get; init; }

    public Located<HttpUrl>? Ipv6 { get; init; }
}
