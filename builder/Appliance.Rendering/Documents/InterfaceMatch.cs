namespace Appliance.Rendering.Documents;

/// <summary>Exactly one way of finding a device: MAC; driver and index; PCI position; or the default route.</summary>
public sealed record InterfaceMatch
{
    /// <summary>Lower-case, colon-separated.</summary>
    public string? Mac { get; init; }

    /// <summary>Driver name as in rc.conf, "vtnet".</summary>
    public string? Driver { get; init; }

    /// <summary>Counts the driver's devices from 0 in the order of their units.</summary>
    public int? Index { get; init; }

    /// <summary>True for the one over which the provider leads to the rest of the Internet.</summary>
    public bool? DefaultRoute { get; init; }

    /// <summary>"domain:bus:slot:function" as in pciconf(8), "0:0:3:0".</summary>
    public string? Pci { get; init; }
}
