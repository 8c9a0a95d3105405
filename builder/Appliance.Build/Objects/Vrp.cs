using Appliance.Model.Values;

namespace Appliance.Build.Objects;

/// <summary>A validated ROA payload (RFC 6811): an AS that may announce a prefix, down to a length.</summary>
public sealed record Vrp(Asn Asn, IpPrefix Prefix, int MaximumLength);

/// <summary>What RPKI says about an announcement (RFC 6811, section 2).</summary>
public enum OriginState
{
    /// <summary>No ROA covers the prefix.</summary>
    Unknown,

    /// <summary>A ROA covers it and names its origin and length.</summary>
    Valid,

    /// <summary>ROAs cover it, and none names it.</summary>
    Invalid,
}
