using System.Net;

namespace Appliance.Lab.Rpki;

/// <summary>A validated ROA payload (RFC 6811): who may originate a prefix, and how long more-specifics may be.</summary>
public sealed record RoaEntry(IPNetwork Prefix, int MaxLength, uint Asn);
