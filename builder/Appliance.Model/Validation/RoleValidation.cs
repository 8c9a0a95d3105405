using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>What a neighbor is to us, and what follows from it.</summary>
internal static class RoleValidation
{
    public static void Validate(NetworkScope scope)
    {
        var roles = new Dictionary<Asn, Upstream>();
        foreach (var upstream in scope.Network.Sites.SelectMany(site => site.Upstreams))
        {
            if (upstream.Role.Value == UpstreamRole.Customer)
            {
                CheckCustomer(scope, upstream);
            }
            else
            {
                CheckOthers(scope, upstream);
            }

            CheckSameRole(scope, roles, upstream);
        }
    }

    private static void CheckCustomer(NetworkScope scope, Upstream upstream)
    {
        if (upstream.Prefixes.Count == 0 && scope.IsReadable($"{upstream.At.Path}.prefixes"))
        {
            scope.Add(
                FindingCatalogue.NoCustomerPrefixes,
                upstream.Role.At,
                $"customer {upstream.Name} has no prefixes",
                "list what it may announce: prefixes: [\"2001:db8:4000::/36\"]"
            );
        }

        foreach (var prefix in upstream.Prefixes)
        {
            CheckSpace(scope, upstream, prefix);
        }

        if (upstream.Import.Value != UpstreamImport.Full)
        {
            Misplaced(
                scope,
                upstream.Import.At,
                "what a customer may announce stands under prefixes"
            );
        }

        if (upstream.Blackhole is { } blackhole)
        {
            Misplaced(
                scope,
                blackhole.At,
                "a customer drops no traffic for us",
                "accept_blackholes: true, to drop what the customer asks for"
            );
        }
    }

    private static void CheckSpace(NetworkScope scope, Upstream upstream, Located<IpPrefix> prefix)
    {
        if (prefix.Value.Family != upstream.Neighbor.Value.Family)
        {
            scope.Add(
                FindingCatalogue.WrongFamily,
                prefix.At,
                $"{prefix} is of another family than the session with {upstream.Neighbor}",
                "a session carries its own family; declare a second one for the other"
            );
            return;
        }

        AnnouncementValidation.CheckPrefix(scope, prefix);
        if (scope.Network.Prefixes.FirstOrDefault(p => p.Value.Overlaps(prefix.Value)) is { } own)
        {
            scope.Add(
                FindingCatalogue.CustomerInOwnSpace,
                prefix.At,
                $"{prefix} overlaps our own {own}",
                "hand parts of our space out over links, without BGP"
            );
        }
    }

    private static void CheckOthers(NetworkScope scope, Upstream upstream)
    {
        foreach (var prefix in upstream.Prefixes)
        {
            Misplaced(scope, prefix.At, "only a customer has a list of prefixes");
        }

        if (upstream.Send is { } send)
        {
            Misplaced(scope, send.At, "only a customer is sent what is not ours");
        }

        if (upstream.AcceptBlackholes is { } requests)
        {
            Misplaced(
                scope,
                requests.At,
                "only a customer has space of which it may say what is dropped",
                "role: customer; or \"blackhole: 64496:666\", to ask the neighbor to drop for us"
            );
        }
    }

    private static void CheckSameRole(
        NetworkScope scope,
        Dictionary<Asn, Upstream> roles,
        Upstream upstream
    )
    {
        if (!roles.TryAdd(upstream.Asn.Value, upstream))
        {
            var other = roles[upstream.Asn.Value];
            if (other.Role.Value != upstream.Role.Value)
            {
                scope.Add(
                    FindingCatalogue.RolesDisagree,
                    upstream.Role.At,
                    $"AS{upstream.Asn} is {Words.For(upstream.Role.Value)} here and {Words.For(other.Role.Value)} in line {other.At.Span.Line}"
                );
            }
        }
    }

    private static void Misplaced(
        NetworkScope scope,
        SourceLocation at,
        string reason,
        string? hint = null
    ) => scope.Add(FindingCatalogue.NotForThisRole, at, reason, hint);
}
