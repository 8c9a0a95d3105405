namespace Appliance.Conformance.Bgp;

/// <summary>RFC 8092.</summary>
public readonly record struct LargeCommunity(uint Administrator, uint Function, uint Parameter)
{
    public override string ToString() => $"{Administrator}:{Function}:{Parameter}";
}
