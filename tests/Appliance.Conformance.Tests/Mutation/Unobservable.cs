using Appliance.Rendering.Policies;

namespace Appliance.Conformance.Tests.Mutation;

/// <summary>Occurrences of rules without a case in this lab, with the reason.</summary>
internal static class Unobservable
{
    /// <summary>Null when a case in the lab depends on the rule.</summary>
    public static string? Why(RenderedRule rule) => OfEntry(rule.Name) ?? OfNeighbor(rule);

    private static string? OfEntry(string name) =>
        name switch
        {
            "bogon-asn/0" => "bgpd drops a path with AS 0 as malformed (RFC 7607)",
            "bogon-prefix/224.0.0.0/4" => "bgpd takes no multicast prefix as unicast",
            _ => null,
        };

    private static string? OfNeighbor(RenderedRule rule) =>
        (Witness.Neighbor(rule.Subject ?? ""), rule.Rule) switch
        {
            ("moved", var any) when any != PolicyRules.Shutdown =>
                "a session that is switched off shows nothing else",
            ("buyer", var any)
                when any == PolicyRules.CustomerRoutes
                    || any == PolicyRules.CustomerRoutesListed
                    || any == PolicyRules.OnlyLocal => "who is told everything is told these, too",
            ("small" or "told", var any) when any == PolicyRules.FirstAs =>
                "a session without routes has no paths to look at",
            ("carrier4", var any)
                when any == PolicyRules.MaximumPrefixOut
                    || any == PolicyRules.OnlyLocal
                    || any == PolicyRules.CustomerRoutes =>
                "the only other IPv4 session is a customer's, whose routes may be told",
            ("farm4", var any)
                when any == PolicyRules.OnlyLocal || any == PolicyRules.CustomerRoutes =>
                "our prefix and the default route are all it may be told",
            ("farm4", var any) when any == PolicyRules.CustomerRoutesListed =>
                "there is no other IPv4 customer",
            _ => null,
        };
}
