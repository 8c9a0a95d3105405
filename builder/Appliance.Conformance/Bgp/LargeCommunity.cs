namespace Appliance.Conformance.Bgp;

/// <summary>RFC 8092.</summary>
internal readonly record struct LargeCommunity(uint Administrator, uint Function, uint Parameter)
{
    public override string ToString() => $"{Administrator}:{Function}:{Parameter}";
}
