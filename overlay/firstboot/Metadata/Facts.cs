namespace Appliance.FirstBoot.Metadata;

/// <summary>What one source knows of this machine. Everything may be missing.</summary>
internal sealed record Facts
{
    /// <summary>What the provider calls this machine; another one means another machine.</summary>
    public string? InstanceId { get; init; }

    public string? Hostname { get; init; }

    /// <summary>Lines as for authorized_keys.</summary>
    public IReadOnlyList<string> SshKeys { get; init; } = [];

    public IReadOnlyList<InterfaceFacts> Interfaces { get; init; } = [];

    public IReadOnlyList<string> Nameservers { get; init; } = [];

    /// <summary>What the owner says.</summary>
    public OwnerData Owner { get; init; } = OwnerData.None;

    /// <summary>What was there and is not understood or not done here; nothing is passed over in silence.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>
    /// What of a file cannot be read, although it was meant for this machine: no document may be inferred then. The other
    /// facts are right all the same.
    /// </summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    public bool IsEmpty =>
        InstanceId is null
        && Hostname is null
        && SshKeys.Count == 0
        && Interfaces.Count == 0
        && Nameservers.Count == 0
        && Owner.IsEmpty;

    /// <summary>This, and what the other one knows beyond it.</summary>
    public Facts With(Facts other) =>
        new()
        {
            InstanceId = InstanceId ?? other.InstanceId,
            Hostname = Hostname ?? other.Hostname,
            SshKeys = [.. SshKeys.Union(other.SshKeys, StringComparer.Ordinal)],
            Interfaces = Interfaces.Count > 0 ? Interfaces : other.Interfaces,
            Nameservers = Nameservers.Count > 0 ? Nameservers : other.Nameservers,
            Owner = Owner.With(other.Owner),
            Ignored = [.. Ignored, .. other.Ignored],
            Problems = [.. Problems, .. other.Problems],
        };
}

/// <summary>What a provider says of one interface.</summary>
internal sealed record InterfaceFacts
{
    /// <summary>The provider's name for it; rarely the device's.</summary>
    public string? Name { get; init; }

    /// <summary>Lower-case, colon-separated.</summary>
    public string? Mac { get; init; }

    /// <summary>With prefix length, in the provider's order.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>IPv4 comes by DHCP: the addresses are what DHCP will hand out, and nothing to configure.</summary>
    public bool Dhcp4 { get; init; }

    /// <summary>The provider speaks of SLAAC or DHCPv6, or forbids router advertisements; null when it says nothing.</summary>
    public bool? RouterAdvertisements { get; init; }

    public string? Gateway4 { get; init; }

    public string? Gateway6 { get; init; }

    /// <summary>Bytes.</summary>
    public int? Mtu { get; init; }

    public bool HasGateway => Gateway4 is not null || Gateway6 is not null;
}
