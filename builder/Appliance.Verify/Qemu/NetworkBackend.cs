namespace Appliance.Verify.Qemu;

/// <summary>What the other end of a virtual network card is plugged into.</summary>
public abstract record NetworkBackend
{
    /// <summary>The value of -netdev without its id; null: a card without a cable.</summary>
    internal abstract string? Netdev { get; }
}

/// <summary>A card with nothing behind it.</summary>
public sealed record Unplugged : NetworkBackend
{
    internal override string? Netdev => null;
}

/// <summary>QEMU's own small network, cut off from the host and from the world: a link that is up.</summary>
public sealed record RestrictedNetwork : NetworkBackend
{
    internal override string Netdev => "user,restrict=on";
}

/// <summary>A TAP device of the host that exists and may be opened.</summary>
public sealed record TapDevice(string Name) : NetworkBackend
{
    internal override string Netdev =>
        $"tap,ifname={QemuArguments.Escape(Name)},script=no,downscript=no";
}

/// <summary>Ethernet frames as datagrams between two UDP ports of the loopback interface: a cable between two guests.</summary>
/// <param name="LocalPort">UDP port of this end.</param>
/// <param name="RemotePort">UDP port of the other end.</param>
public sealed record DatagramCable(int LocalPort, int RemotePort) : NetworkBackend
{
    internal override string Netdev =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"socket,udp=127.0.0.1:{RemotePort},localaddr=127.0.0.1:{LocalPort}"
        );
}
