using Appliance.Rendering.Documents;

namespace Appliance.Rendering.Files.Routing;

/// <summary>
/// Large communities (RFC 8092) with which routes are marked when they come in: ASN:1:role and ASN:2:neighbor, and requests
/// of customers to drop traffic ASN:3:666 and ASN:2:neighbor.
/// </summary>
internal static class FrrMarks
{
    /// <summary>Traffic to the prefix is to be dropped (RFC 7999).</summary>
    public const string Blackhole = "65535:666";

    public static string Role(uint asn, NeighborRole role) => $"{asn}:1:{Number(role)}";

    public static string Neighbor(uint asn, uint neighbor) => $"{asn}:2:{neighbor}";

    /// <summary>What a customer wants dropped: no route of the Internet, so it has no mark of a role.</summary>
    public static string Request(uint asn) => $"{asn}:3:666";

    public static string Name(NeighborRole role) =>
        role switch
        {
            NeighborRole.Transit => "from-transit",
            NeighborRole.Peer => "from-peer",
            NeighborRole.RouteServer => "from-route-server",
            NeighborRole.Customer => "from-customer",
        };

    /// <summary>
    /// A community as FRR shows it: well-known ones by name, so that a comparison of the file with the running
    /// configuration finds nothing to change.
    /// </summary>
    public static string Word(string community) =>
        community switch
        {
            "65535:0" => "graceful-shutdown",
            Blackhole => "blackhole",
            "65535:65281" => "no-export",
            "65535:65282" => "no-advertise",
            "65535:65283" => "local-AS",
            "65535:65284" => "no-peer",
            _ => community,
        };

    /// <summary>Written out, because others may read them for years: a new role gets a new number.</summary>
    private static int Number(NeighborRole role) =>
        role switch
        {
            NeighborRole.Transit => 1,
            NeighborRole.Peer => 2,
            NeighborRole.RouteServer => 3,
            NeighborRole.Customer => 4,
        };
}
