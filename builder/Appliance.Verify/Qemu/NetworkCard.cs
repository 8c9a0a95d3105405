namespace Appliance.Verify.Qemu;

/// <summary>A network card.</summary>
/// <param name="MacAddress">Six octets in hexadecimal, separated by colons.</param>
public sealed record NetworkCard(string MacAddress, NetworkBackend Backend)
{
    /// <summary>Drivers of FreeBSD and the device of QEMU that each of them attaches to.</summary>
    private static readonly Dictionary<string, string> Devices = new(StringComparer.Ordinal)
    {
        [Virtio] = "virtio-net-pci",
        ["em"] = "e1000",
        ["re"] = "rtl8139",
        ["vmx"] = "vmxnet3",
    };

    /// <summary>The driver of virtio cards, vtnet(4).</summary>
    public const string Virtio = "vtnet";

    /// <summary>FreeBSD's driver for it.</summary>
    public string Driver { get; init; } = Virtio;

    /// <summary>QEMU's name of the device.</summary>
    internal string Device => Devices[Driver];

    /// <summary>Whether there is a card for a driver.</summary>
    public static bool Has(string driver) => Devices.ContainsKey(driver);
}

/// <summary>A network card as somebody wants it.</summary>
/// <param name="MacAddress">Its address; null: one of ours.</param>
/// <param name="Driver">A driver of <see cref="NetworkCard.Has"/>.</param>
public sealed record WantedCard(string? MacAddress = null, string Driver = NetworkCard.Virtio);
