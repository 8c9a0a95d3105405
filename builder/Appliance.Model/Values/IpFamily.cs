namespace Appliance.Model.Values;

/// <summary>The two families of Internet addresses.</summary>
public enum IpFamily
{
    Ipv4,
    Ipv6,
}
