using Appliance.Model.Networks;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>Words that several messages share.</summary>
internal static class Words
{
    public static string For(SpaceClass space) =>
        space switch
        {
            SpaceClass.Documentation => "documentation",
            SpaceClass.Private => "private",
            SpaceClass.Never => "reserved",
            SpaceClass.Public => "public",
        };

    public static string For(AsnClass asn) =>
        asn switch
        {
            AsnClass.Documentation => "for documentation (RFC 5398)",
            AsnClass.Private => "for private use (RFC 6996)",
            AsnClass.Reserved => "reserved",
            AsnClass.Public => "public",
        };

    public static string For(UpstreamRole role) =>
        role switch
        {
            UpstreamRole.Transit => "a transit",
            UpstreamRole.Peer => "a peer",
            UpstreamRole.RouteServer => "a route server",
            UpstreamRole.Customer => "a customer",
        };

    public static string For(IpFamily family) => family == IpFamily.Ipv4 ? "IPv4" : "IPv6";

    /// <summary>As in "gateway4".</summary>
    public static string Digit(IpFamily family) => family == IpFamily.Ipv4 ? "4" : "6";
}
