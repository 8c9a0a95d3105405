using Appliance.Rendering.Documents;
using Appliance.Rendering.Network;
using static Appliance.Rendering.Validation.FieldChecks;

namespace Appliance.Rendering.Validation;

/// <summary>What bgpd is told.</summary>
internal static class BgpValidation
{
    private const int MaximumPrepend = 16;

    public static void Check(SiteDocument document, BgpDocument bgp)
    {
        Require("$.bgp.router_id", bgp.RouterId, Grammar.IsIpv4, "a dotted quad");
        RequireUnique("$.bgp.neighbors", bgp.Neighbors.Select(neighbor => neighbor.Name));
        RequireUnique("$.bgp.neighbors", bgp.Neighbors.Select(neighbor => neighbor.Address));
        for (var index = 0; index < bgp.Neighbors.Count; index++)
        {
            CheckNeighbor($"$.bgp.neighbors[{index}]", bgp.Neighbors[index], document);
        }

        for (var index = 0; index < bgp.RpkiCaches.Count; index++)
        {
            var where = $"$.bgp.rpki_caches[{index}]";
            Require(
                $"{where}.host",
                bgp.RpkiCaches[index].Host,
                Grammar.IsHost,
                "an address or a host name"
            );
            RequireRange($"{where}.port", bgp.RpkiCaches[index].Port, 1, ushort.MaxValue);
        }
    }

    private static void CheckNeighbor(
        string where,
        NeighborDocument neighbor,
        SiteDocument document
    )
    {
        Require(
            $"{where}.name",
            neighbor.Name,
            Grammar.IsName,
            "a name (letters, digits, '-', '_', '.')"
        );
        Require($"{where}.address", neighbor.Address, Grammar.IsAddress, "an address");
        RequireThat(
            $"{where}.address",
            !Addresses.IsLinkLocal(neighbor.Address),
            "a link-local neighbor is not supported: use its global address"
        );
        RequireRange($"{where}.asn", neighbor.Asn, 1, uint.MaxValue - 1);
        RequireThat(
            $"{where}.over",
            document.Interfaces.Any(item => item.Name == neighbor.Over)
                || document.Tunnels.Any(tunnel => tunnel.Device == neighbor.Over),
            "there is no such interface or tunnel"
        );
        RequireThat(
            $"{where}.over",
            Addresses.IsIpv6(neighbor.Address)
                || document.Tunnels.All(tunnel => tunnel.Device != neighbor.Over),
            "tunnels carry IPv6 only"
        );
        RequireRange($"{where}.prepend", neighbor.Prepend, 0, MaximumPrepend);
        RequireEach(
            $"{where}.communities",
            neighbor.Communities,
            Grammar.IsCommunity,
            "a community (64497:9501) or a large one (64497:1:2)"
        );
        RequireIfPresent(
            $"{where}.password_secret",
            neighbor.PasswordSecret,
            Grammar.IsName,
            "the name of a secret"
        );
        RequireRange($"{where}.maximum_prefix", neighbor.MaximumPrefix ?? 1, 1, uint.MaxValue);
    }
}
