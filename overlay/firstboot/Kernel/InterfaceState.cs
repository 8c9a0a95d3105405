namespace Appliance.FirstBoot.Kernel;

/// <summary>One interface as ifconfig(8) shows it.</summary>
internal sealed record InterfaceState
{
    public required string Name { get; init; }

    /// <summary>Words of the flags, "UP", "RUNNING", "LOOPBACK" …</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Bytes.</summary>
    public int Mtu { get; init; }

    /// <summary>Lower-case MAC address.</summary>
    public string? Ether { get; init; }

    /// <summary>Interface groups without "all"; a cloned interface is in the group of its cloner.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>ifconfig says nothing of FIB 0.</summary>
    public int Fib { get; init; }

    public int TunnelFib { get; init; }

    /// <summary>Outer addresses of a tunnel, "198.51.100.10 --> 203.0.113.10".</summary>
    public string? Outer { get; init; }

    public IReadOnlyList<InterfaceAddress> Addresses { get; init; } = [];

    /// <summary>The kernel's number of the interface, from its link-local address; 0 when it has none.</summary>
    public int Scope { get; init; }

    /// <summary>"status: active"; some drivers say nothing while the interface is down.</summary>
    public bool HasCarrier { get; init; }

    /// <summary>Any other status: "no carrier".</summary>
    public bool IsWithoutCarrier { get; init; }

    public bool IsUp => Flags.Contains("UP");

    /// <summary>Device driver, "vtnet": the name without its unit.</summary>
    public string Driver => Name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');

    /// <summary>Number of the device of its driver, or −1 when the name has none.</summary>
    public int Unit => int.TryParse(Name.AsSpan(Driver.Length), out var unit) ? unit : -1;

    /// <summary>Has a MAC address and was not made by a cloner such as bridge, vlan or tap.</summary>
    public bool IsHardware => Ether is not null && Unit >= 0 && !Groups.Contains(Driver);
}

/// <summary>One address of an interface.</summary>
/// <param name="Address">Address and prefix length.</param>
/// <param name="Marks">"tentative", "duplicated", "deprecated" … as ifconfig prints them.</param>
internal sealed record InterfaceAddress(Cidr Address, IReadOnlyList<string> Marks)
{
    /// <summary>Duplicate address detection is over and found nobody.</summary>
    public bool IsUsable =>
        !Marks.Contains("tentative")
        && !Marks.Contains("duplicated")
        && !Marks.Contains("detached");
}
