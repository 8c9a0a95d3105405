namespace Appliance.Rendering.Network;

/// <summary>A range of AS numbers that must not occur in a path.</summary>
/// <param name="Name">For comments.</param>
/// <param name="First">Lowest number.</param>
/// <param name="Last">Highest number.</param>
/// <param name="Expression">Matches an AS path that holds one, in the syntax of FRR.</param>
internal sealed record AsnClass(string Name, uint First, uint Last, string Expression)
{
    public bool Contains(uint asn) => asn >= First && asn <= Last;
}
