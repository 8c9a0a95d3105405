using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>AS numbers, our own and those of upstreams.</summary>
internal static class AsnValidation
{
    public static void Validate(NetworkScope scope)
    {
        var ownIsKnown = scope.IsReadable("$.asn");
        if (ownIsKnown)
        {
            CheckClass(scope, scope.Network.Asn);
        }

        foreach (var upstream in scope.Network.Sites.SelectMany(site => site.Upstreams))
        {
            CheckClass(scope, upstream.Asn);
            if (ownIsKnown && upstream.Asn.Value == scope.Network.Asn.Value)
            {
                scope.Add(
                    FindingCatalogue.UpstreamIsSelf,
                    upstream.Asn.At,
                    $"upstream {upstream.Name} has our own AS number {upstream.Asn}",
                    "sites of one network are joined by links"
                );
            }
        }
    }

    private static void CheckClass(NetworkScope scope, Located<Asn> asn)
    {
        var set = asn.Value.Class;
        if (set == AsnClass.Reserved)
        {
            scope.Add(
                FindingCatalogue.AsnNeverUsed,
                asn.At,
                $"AS number {asn} is reserved and cannot be used"
            );
        }
        else if (set is AsnClass.Documentation or AsnClass.Private && !scope.Network.Lab)
        {
            scope.Add(
                FindingCatalogue.AsnNotPublic,
                asn.At,
                $"AS number {asn} is {Words.For(set)}",
                "write a number that a registry assigned, or \"lab: true\" for a laboratory"
            );
        }
    }
}
