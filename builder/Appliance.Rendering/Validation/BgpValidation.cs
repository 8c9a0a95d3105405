using Appliance.Rendering.Documents;
using Appliance.Rendering.Files.Routing;
using Appliance.Rendering.Network;
using static Appliance.Rendering.Validation.FieldChecks;

namespace Appliance.Rendering.Validation;

/// <summary>What bgpd is told.</summary>
internal static class BgpValidation
{
    private const int MaximumPrepend = 16;
    private const string ACommunity = "a community (64497:9501) or a large one (64497:1:2)";
    private const string APrefix = "a prefix without host bits";

    public static void Check(SiteDocument document, BgpDocument bgp)
    {
        Require("$.bgp.router_id", bgp.RouterId, Grammar.IsIpv4, "a dotted quad");
        RequireUnique("$.bgp.neighbors", bgp.Neighbors.Select(neighbor => neighbor.Name));
        RequireUnique("$.bgp.neighbors", bgp.Neighbors.Select(neighbor => neighbor.Address));
        for (var index = 0; index < bgp.Neighbors.Count; index++)
        {
            CheckNeighbor($"$.bgp.neighbors[{index}]", bgp.Neighbors[index], document);
        }

        CheckCaches(document, bgp);
        CheckBlackholes(document, bgp);
        CheckCommunityNames(bgp);
        CheckBmp(bgp);
    }

    private static void CheckCaches(SiteDocument document, BgpDocument bgp)
    {
        RequireThat(
            "$.bgp.rpki_caches",
            bgp.RpkiCaches.Count <= FrrLimits.RpkiCaches,
            $"FRR takes {FrrLimits.RpkiCaches} caches at most"
        );
        RequireThat(
            "$.bgp.rpki_caches",
            bgp.RpkiCaches.Count == 0 || FrrModules.Of(document.System).Contains(FrrModules.Rpki),
            "the FRR of this image has no RPKI module"
        );
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
            if (bgp.RpkiCaches[index].Ssh is { } ssh)
            {
                CheckSsh($"{where}.ssh", ssh, document.System.FrrVersion);
            }
        }
    }

    private static void CheckSsh(string where, RpkiSshDocument ssh, string? frrVersion)
    {
        Require($"{where}.user", ssh.User, Grammar.IsName, "a user name");
        Require($"{where}.key_secret", ssh.KeySecret, Grammar.IsName, "the name of a secret");
        Require(
            $"{where}.host_key",
            ssh.HostKey,
            Grammar.IsHostKey,
            "a public key: type and base64"
        );
        RequireThat(where, FrrRpki.NamesTransport(frrVersion), "a cache over ssh needs FRR 10");
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
        RequireEach($"{where}.communities", neighbor.Communities, Grammar.IsCommunity, ACommunity);
        RequireThat(
            $"{where}.communities",
            FrrLimits.FitsLine(neighbor.Communities),
            $"FRR reads lines of {FrrLimits.Line} characters, and these do not fit"
        );
        RequireIfPresent(
            $"{where}.blackhole_community",
            neighbor.BlackholeCommunity,
            Grammar.IsCommunity,
            ACommunity
        );
        RequireIfPresent(
            $"{where}.password_secret",
            neighbor.PasswordSecret,
            Grammar.IsName,
            "the name of a secret"
        );
        RequireRange($"{where}.maximum_prefix", neighbor.MaximumPrefix ?? 1, 1, uint.MaxValue);
        NeighborValidation.Check(where, neighbor, document);
    }

    private static void CheckBlackholes(SiteDocument document, BgpDocument bgp)
    {
        RequireEach("$.bgp.blackholes", bgp.Blackholes, Grammar.IsPrefix, APrefix);
        RequireUnique("$.bgp.blackholes", bgp.Blackholes);
        foreach (var blackhole in bgp.Blackholes)
        {
            RequireThat(
                "$.bgp.blackholes",
                document.Prefixes.Any(prefix => Grammar.IsInside(blackhole, prefix))
                    && !document.Prefixes.Contains(blackhole),
                "a blackhole is a part of a prefix of ours"
            );
        }
    }

    private static void CheckCommunityNames(BgpDocument bgp)
    {
        RequireUnique("$.bgp.community_names", bgp.CommunityNames.Values);
        foreach (var (name, community) in bgp.CommunityNames)
        {
            Require(
                "$.bgp.community_names",
                name,
                Grammar.IsCommunityName,
                "a name for a community"
            );
            Require($"$.bgp.community_names.{name}", community, Grammar.IsCommunity, ACommunity);
        }
    }

    private static void CheckBmp(BgpDocument bgp)
    {
        if (bgp.Bmp is { } station)
        {
            Require("$.bgp.bmp.host", station.Host, Grammar.IsHost, "an address or a host name");
            RequireRange("$.bgp.bmp.port", station.Port, 1, ushort.MaxValue);
        }
    }
}
