namespace Appliance.Rendering.Policies;

/// <summary>
/// Every rule of the policy and what it is for. The lab takes them out one by one: a rule whose absence nobody
/// notices is either not tested or not needed.
/// </summary>
public static class PolicyRules
{
    // Filled by the initialisers below, so it stands first.
    private static readonly List<PolicyRule> Entries = [];

    /// <summary>All rules in the order of this file.</summary>
    public static IReadOnlyList<PolicyRule> All => Entries;

    // What nobody may tell us

    public static readonly PolicyRule OwnSpace = Enter(
        "own-space",
        "Our prefixes and parts of them come from nobody else: hijacks, and our own routes coming back."
    );

    public static readonly PolicyRule OurLinks = Enter(
        "our-links",
        "A route to a link we are on would take our neighbors away from us (RFC 7454, 6.1.5)."
    );

    public static readonly PolicyRule BogonPrefix = Enter(
        "bogon-prefix",
        "Space that nobody may use, and everything inside it (RFC 6890)."
    );

    public static readonly PolicyRule PrefixLength = Enter(
        "prefix-length",
        "The default route, blocks larger than any allocation, and crumbs that fill tables (RFC 7454, 6.1.3)."
    );

    public static readonly PolicyRule BogonAsn = Enter(
        "bogon-asn",
        "Paths through AS numbers that nobody may use (RFC 7607, 6793, 5398, 6996, 7300)."
    );

    public static readonly PolicyRule LongPath = Enter(
        "long-path",
        "Paths no real network has; long ones have crashed routers before."
    );

    public static readonly PolicyRule RpkiInvalid = Enter(
        "rpki-invalid",
        "Routes whose origin or length the owner of the space has not signed (RFC 6811)."
    );

    public static readonly PolicyRule AsSets = Enter(
        "as-sets",
        "Aggregates that hide their origin, so nobody can validate it (RFC 9774)."
    );

    // What a certain neighbor may not tell us

    public static readonly PolicyRule FirstAs = Enter(
        "first-as",
        "Paths that do not begin with the neighbor (RFC 4271, 6.3)."
    );

    public static readonly PolicyRule Role = Enter(
        "role",
        "Route leaks: what came from a provider or peer goes to customers only (RFC 9234)."
    );

    public static readonly PolicyRule PeerLock = Enter(
        "peer-lock",
        "Networks that buy from nobody are never behind a peer or a customer: a leak."
    );

    public static readonly PolicyRule NextHop = Enter(
        "next-hop",
        "Traffic sent to a third party that did not ask for it (RFC 7454, 10)."
    );

    public static readonly PolicyRule CustomerSpace = Enter(
        "customer-space",
        "A customer announces what is its own and nothing else."
    );

    public static readonly PolicyRule DefaultOnly = Enter(
        "default-only",
        "A table that this machine has no memory for."
    );

    public static readonly PolicyRule ImportNothing = Enter(
        "import-nothing",
        "Routes from a neighbor that is only there to be told ours."
    );

    public static readonly PolicyRule OwnCommunities = Enter(
        "own-communities",
        "Strangers that write our marks on their routes, to be taken for customers (RFC 7454, 11)."
    );

    public static readonly PolicyRule MaximumPrefix = Enter(
        "maximum-prefix",
        "A neighbor that leaks a table fills our memory (RFC 7454, 8)."
    );

    public static readonly PolicyRule Revalidation = Enter(
        "revalidation",
        "bgpd asks RPKI once, when a route comes in; only with a copy of it is a change of RPKI applied."
    );

    public static readonly PolicyRule ImportEnd = Enter(
        "import-end",
        "Nothing is taken that no clause has decided about; FRR ends a map so by itself, and nobody needs to know."
    );

    // How what we take is treated

    public static readonly PolicyRule LocalPreference = Enter(
        "local-preference",
        "Traffic to a customer or peer going through somebody who charges for it."
    );

    public static readonly PolicyRule LearnedFrom = Enter(
        "learned-from",
        "Nobody could tell where a route came from, and a customer's would not be told to others."
    );

    // What we tell

    public static readonly PolicyRule RequiresPolicy = Enter(
        "requires-policy",
        "A session without a policy, set up by hand, would take and tell everything (RFC 8212).",
        "own-space",
        "only-announced",
        "role"
    );

    public static readonly PolicyRule OnlyLocal = Enter(
        "only-local",
        "Our prefix with somebody else's path, which we would pass on as transit.",
        "own-space",
        "only-announced",
        "role"
    );

    public static readonly PolicyRule OnlyAnnounced = Enter(
        "only-announced",
        "Routes of ours that are not for everybody, such as blackholes."
    );

    public static readonly PolicyRule MaximumPrefixOut = Enter(
        "maximum-prefix-out",
        "A mistake in the rules above telling the neighbor a whole table.",
        "only-announced",
        "only-local",
        "role"
    );

    public static readonly PolicyRule NextHopSelf = Enter(
        "next-hop-self",
        "Routes of a customer on the same link told with its own address: refused by whoever takes next hops of the neighbor alone."
    );

    public static readonly PolicyRule Prepend = Enter(
        "prepend",
        "Traffic coming in here although another way is preferred."
    );

    public static readonly PolicyRule Med = Enter(
        "med",
        "The neighbor choosing another link to us."
    );

    public static readonly PolicyRule Communities = Enter(
        "communities",
        "The neighbor not doing what it was asked for."
    );

    public static readonly PolicyRule Drain = Enter(
        "drain",
        "Packets lost when this session ends, because others learn of it too late (RFC 8326)."
    );

    public static readonly PolicyRule Blackhole = Enter(
        "blackhole",
        "An attack filling our links, because the neighbor does not know what to drop (RFC 7999)."
    );

    public static readonly PolicyRule BlackholeSource = Enter(
        "blackhole-source",
        "Static routes of any other kind told to a neighbor as blackholes."
    );

    // What customers have dropped

    public static readonly PolicyRule RequestTagged = Enter(
        "request-tagged",
        "Small parts of a customer's space dropped that it only meant to route."
    );

    public static readonly PolicyRule RequestSpace = Enter(
        "request-space",
        "A customer dropping the traffic of somebody else (RFC 7999, 3.3)."
    );

    public static readonly PolicyRule RequestPath = Enter(
        "request-path",
        "Requests that came through AS numbers that nobody may use, or by way of half the Internet."
    );

    public static readonly PolicyRule RequestDropped = Enter(
        "request-dropped",
        "An attack that was to be dropped going on to the customer."
    );

    public static readonly PolicyRule RequestMarked = Enter(
        "request-marked",
        "Neighbors that drop for us not told what to drop, or all others told it."
    );

    public static readonly PolicyRule RequestTold = Enter(
        "request-told",
        "An attack on a customer filling our links, because the neighbor does not know what to drop (RFC 7999)."
    );

    public static readonly PolicyRule CustomerRoutes = Enter(
        "customer-routes",
        "Routes of others told on as if they were a customer's.",
        "role"
    );

    public static readonly PolicyRule CustomerRoutesListed = Enter(
        "customer-routes-listed",
        "Routes marked as a customer's that are none of its prefixes.",
        "customer-space"
    );

    public static readonly PolicyRule FullTable = Enter(
        "full-table",
        "A customer told blackholes and other routes of ours that are not for it."
    );

    // Where packets go

    public static readonly PolicyRule NoDefaultNextHop = Enter(
        "no-default-next-hop",
        "A neighbor whose link is down, looked for by the default route: its routes lead to somebody else."
    );

    public static readonly PolicyRule LostNeighbor = Enter(
        "lost-neighbor",
        "Minutes of lost packets when the link to a neighbor goes down that may be further away: bgpd waits for the hold timer."
    );

    public static readonly PolicyRule Aggregate = Enter(
        "aggregate",
        "No announcement at all, or packets to unassigned space going back and forth with an upstream."
    );

    public static readonly PolicyRule NeighborRoute = Enter(
        "neighbor-route",
        "A neighbor that is not on a prefix of the link: its session is up, and its routes lead nowhere."
    );

    // Sessions

    public static readonly PolicyRule Password = Enter(
        "password",
        "Sessions torn down or taken over by forged segments (RFC 2385)."
    );

    public static readonly PolicyRule TtlSecurity = Enter(
        "ttl-security",
        "Packets from further away than the link (RFC 5082)."
    );

    public static readonly PolicyRule Bfd = Enter(
        "bfd",
        "Minutes of lost packets until the hold timer notices a dead path (RFC 5882)."
    );

    public static readonly PolicyRule Shutdown = Enter(
        "shutdown",
        "A session running that was switched off, or that has no password yet."
    );

    // Who is told

    public static readonly PolicyRule Monitoring = Enter(
        "monitoring",
        "Nobody knowing afterwards what a neighbor said, and when (RFC 7854)."
    );

    public static readonly PolicyRule MonitoredRoutes = Enter(
        "monitored-routes",
        "A station that hears nothing of the neighbor's routes: bgpd tells it what it keeps a copy of."
    );

    private static PolicyRule Enter(string id, string stops, params string[] behind)
    {
        var rule = new PolicyRule(id, stops, behind);
        Entries.Add(rule);
        return rule;
    }
}
