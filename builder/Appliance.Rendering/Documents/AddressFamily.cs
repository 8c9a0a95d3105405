namespace Appliance.Rendering.Documents;

/// <summary>Address families of the Internet protocols.</summary>
public enum AddressFamily
{
    Ipv4,
    Ipv6,
}
