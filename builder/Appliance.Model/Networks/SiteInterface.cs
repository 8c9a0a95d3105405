using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Networks;

/// <summary>A physical interface and its addresses in FIB 0.</summary>
public sealed record SiteInterface
{
    /// <summary>Of the interface's name in the file.</summary>
    public required SourceLocation At { get; init; }

    public required EntryName Name { get; init; }

    public required Located<DeviceMatch> Match { get; init; }

    public Located<InterfaceAddress>? Ipv4 { get; init; }

    public Located<IpAddress>? Gateway4 { get; init; }

    public Located<InterfaceAddress>? Ipv6 { get; init; }

    public Located<IpAddress>? Gateway6 { get; init; }

    /// <summary>The driver's own, taken as 1500, when absent.</summary>
    public Located<Mtu>? Mtu { get; init; }

    /// <summary>The MTU that tunnels over this interface can count on.</summary>
    public Mtu UnderlayMtu => Mtu?.Value ?? Values.Mtu.Ethernet;
}

/// <summary>How the device of an interface is found.</summary>
public abstract record DeviceMatch
{
    private DeviceMatch() { }

    public sealed record ByMac(Mac Address) : DeviceMatch
    {
        public override string ToString() => $"MAC {Address}";
    }

    /// <summary>The driver's devices counted from 0 in the order of their units.</summary>
    public sealed record ByDriver(DriverName Driver, int Index) : DeviceMatch
    {
        public override string ToString() => $"device {Index} of driver {Driver}";
    }

    /// <summary>The one over which the provider leads to the rest of the Internet; only the machine can tell.</summary>
    public sealed record ByDefaultRoute : DeviceMatch
    {
        public override string ToString() => "the one with the default route";
    }

    public sealed record ByPci(PciPosition Position) : DeviceMatch
    {
        public override string ToString() => $"PCI {Position}";
    }
}
