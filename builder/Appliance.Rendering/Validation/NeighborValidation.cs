using Appliance.Rendering.Documents;
using Appliance.Rendering.Files.Routing;
using Appliance.Rendering.Network;
using static Appliance.Rendering.Validation.FieldChecks;

namespace Appliance.Rendering.Validation;

/// <summary>What a neighbor may send and be sent, and how its session is kept up.</summary>
internal static class NeighborValidation
{
    private const int MaximumHops = 255;

    public static void Check(string where, NeighborDocument neighbor, SiteDocument document)
    {
        CheckWords(where, neighbor);
        CheckCustomer(where, neighbor);
        CheckTimers($"{where}.session", neighbor.Session);
        RequireRange($"{where}.session.multihop", neighbor.Session.Multihop ?? 1, 1, MaximumHops);
        RequireThat(
            $"{where}.session.multihop",
            neighbor.Session is not { Multihop: not null, TtlSecurity: true },
            "a neighbor several hops away cannot see a TTL of 255"
        );
        RequireIfPresent(
            $"{where}.session.shutdown",
            neighbor.Session.Shutdown,
            Grammar.IsReason,
            "a reason of letters, digits, blanks and . , : ( ) / + - _"
        );
    }

    /// <summary>JSON may hold a number that is none of the words.</summary>
    private static void CheckWords(string where, NeighborDocument neighbor)
    {
        RequireThat($"{where}.role", Enum.IsDefined(neighbor.Role), "there is no such role");
        RequireThat($"{where}.import", Enum.IsDefined(neighbor.Import), "there is no such word");
        RequireThat($"{where}.send", Enum.IsDefined(neighbor.Send), "there is no such word");
        RequireThat(
            $"{where}.session.graceful_restart",
            Enum.IsDefined(neighbor.Session.GracefulRestart),
            "there is no such word"
        );
    }

    private static void CheckCustomer(string where, NeighborDocument neighbor)
    {
        var isCustomer = neighbor.Role == NeighborRole.Customer;
        RequireEach(
            $"{where}.allowed_prefixes",
            neighbor.AllowedPrefixes,
            Grammar.IsPrefix,
            "a prefix without host bits"
        );
        RequireThat(
            $"{where}.allowed_prefixes",
            neighbor.AllowedPrefixes.Count > 0 == isCustomer,
            "a customer has prefixes that it may announce, and nobody else has"
        );
        RequireThat(
            $"{where}.allowed_prefixes",
            neighbor.AllowedPrefixes.All(prefix =>
                Addresses.IsIpv6(prefix) == Addresses.IsIpv6(neighbor.Address)
            ),
            "a session carries prefixes of its own family only"
        );
        RequireThat(
            $"{where}.send",
            isCustomer || neighbor.Send == ExportMode.Own,
            "only a customer is sent what is not ours"
        );
        CheckRequests(where, neighbor);
    }

    private static void CheckRequests(string where, NeighborDocument neighbor)
    {
        if (neighbor.BlackholeLength is not { } length)
        {
            return;
        }

        var family = Addresses.IsIpv6(neighbor.Address) ? FrrFamily.Ipv6 : FrrFamily.Ipv4;
        RequireThat(
            $"{where}.blackhole_length",
            neighbor.Role == NeighborRole.Customer,
            "only a customer has space of which it may say what is dropped"
        );
        RequireRange($"{where}.blackhole_length", length, family.Longest + 1, family.Host);
    }

    private static void CheckTimers(string where, SessionDocument session)
    {
        RequireThat(
            $"{where}.hold",
            session.Keepalive is null == session.Hold is null,
            "keepalive and hold belong together"
        );
        RequireRange($"{where}.keepalive", session.Keepalive ?? 1, 1, ushort.MaxValue);
        RequireRange($"{where}.hold", session.Hold ?? 3, 3, ushort.MaxValue);
        RequireRange($"{where}.bfd.interval", session.Bfd?.Interval ?? 300, 10, 60000);
        RequireRange($"{where}.bfd.multiplier", session.Bfd?.Multiplier ?? 3, 2, 255);
    }
}
