namespace Appliance.Verify.Qemu;

/// <summary>What the other end of a virtual network card is plugged into.</summary>
public abstract record NetworkBackend
{
    /// <summary>The value of -netdev without its id; null: a card without a cable.</summary>
    internal abstract string? Netdev { get; }

    /// <summary>Properties of the card that the other end asks for, each behind a comma.</summary>
    internal virtual string CardProperties => "";
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

    /// <summary>
    /// Packets come as from a cable: no larger than the link, and with finished checksums. The host's kernel leaves both
    /// to whoever is last, and a guest that forwards what it got would send it on unfinished.
    /// </summary>
    internal override string CardProperties =>
        ",guest_csum=off,guest_tso4=off,guest_tso6=off,guest_ecn=off,guest_ufo=off";
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
