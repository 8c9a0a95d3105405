using System.IO.Pipes;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Appliance.Lab.Linux;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Lab.Tunnels;

/// <summary>
/// One end of a tunnel in user space, for kernels without gre and sit: a TUN device on the inside, a raw socket on the
/// outside, and a thread between them. To the far end it looks like any other router.
/// </summary>
public sealed class TunnelEnd : IDisposable
{
    /// <summary>No IP packet is larger.</summary>
    private const int LargestPacket = 65535;

    private readonly TunnelProtocolNumber protocol;
    private readonly SafeFileHandle device;
    private readonly Socket outer;
    private readonly AnonymousPipeServerStream stop = new(PipeDirection.Out);
    private readonly Thread thread;
    private long sent;
    private long received;
    private long dropped;

    private TunnelEnd(
        TunnelProtocolNumber protocol,
        string name,
        SafeFileHandle device,
        Socket outer
    )
    {
        this.protocol = protocol;
        this.device = device;
        this.outer = outer;
        thread = new Thread(Forward) { IsBackground = true, Name = $"tunnel {name}" };
        thread.Start();
    }

    /// <summary>Packets from the inside that went to the far end.</summary>
    public long Sent => Interlocked.Read(ref sent);

    /// <summary>Packets from the far end that came out on the inside.</summary>
    public long Received => Interlocked.Read(ref received);

    /// <summary>Packets that either side would not take.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>Creates the device and the socket inside a namespace and begins to forward.</summary>
    /// <param name="inside">The namespace of both.</param>
    /// <param name="name">Of the device; addresses and state are the caller's.</param>
    /// <param name="local">Outer IPv4 address of this end; it must be there already.</param>
    /// <param name="remote">Outer IPv4 address of the far end; packets of others are not taken.</param>
    /// <exception cref="LabException">The device or the socket cannot be had.</exception>
    public static TunnelEnd Open(
        NetworkNamespace inside,
        string name,
        TunnelProtocolNumber protocol,
        IPAddress local,
        IPAddress remote
    ) =>
        inside.Run(() =>
        {
            var device = TunDevice.Create(name);
            try
            {
                return new TunnelEnd(protocol, name, device, OuterSocket(protocol, local, remote));
            }
            catch (SocketException exception)
            {
                device.Dispose();
                throw new LabException(
                    LabFault.Failed,
                    $"the raw socket of {name} from {local} to {remote}: {exception.Message}",
                    exception
                );
            }
        });

    public void Dispose()
    {
        stop.Dispose();
        thread.Join();
        outer.Dispose();
        device.Dispose();
    }

    private static Socket OuterSocket(
        TunnelProtocolNumber protocol,
        IPAddress local,
        IPAddress remote
    )
    {
        const int Ipv4 = 2;
        var socket = LibC.RawSocket(Ipv4, (int)protocol);
        try
        {
            // As gif(4) and gre(4) do: a large outer packet is fragmented rather than lost.
            socket.DontFragment = false;
            socket.Ttl = 64;
            socket.ReceiveBufferSize = 1 << 20;
            socket.Bind(new IPEndPoint(local, 0));
            socket.Connect(new IPEndPoint(remote, 0));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void Forward()
    {
        var buffer = new byte[TunnelFraming.GreHeader + LargestPacket];
        Span<LibC.PollEntry> entries =
        [
            Entry(device),
            Entry(outer.SafeHandle),
            Entry(stop.ClientSafePipeHandle),
        ];
        while (true)
        {
            if (LibC.Poll(entries, (nuint)entries.Length, -1) < 0)
            {
                if (Marshal.GetLastPInvokeError() == LibC.Interrupted)
                {
                    continue;
                }

                return;
            }

            // The pipe only ever says that it was closed; the device does when its namespace is gone.
            if (entries[2].Returned != 0 || (entries[0].Returned & ~LibC.Readable) != 0)
            {
                return;
            }

            if (entries[0].Returned != 0)
            {
                Count(SendOne(buffer), ref sent);
            }

            if (entries[1].Returned != 0)
            {
                Count(ReceiveOne(buffer), ref received);
            }
        }
    }

    private bool SendOne(byte[] buffer)
    {
        var header = TunnelFraming.HeaderLength(protocol);
        var room = buffer.AsSpan(header);
        var length = (int)LibC.Read(device, room, (nuint)room.Length);
        if (length <= 0 || !TunnelFraming.WriteHeader(protocol, buffer, room[..length]))
        {
            return false;
        }

        outer.Send(buffer.AsSpan(0, header + length), SocketFlags.None, out var error);
        return error == SocketError.Success;
    }

    private bool ReceiveOne(byte[] buffer)
    {
        var length = outer.Receive(buffer, SocketFlags.None, out var error);
        var inner = TunnelFraming.Inner(protocol, buffer.AsSpan(0, length));
        return error == SocketError.Success
            && !inner.IsEmpty
            && LibC.Write(device, inner, (nuint)inner.Length) == inner.Length;
    }

    private void Count(bool passed, ref long counter)
    {
        if (passed)
        {
            Interlocked.Increment(ref counter);
        }
        else
        {
            Interlocked.Increment(ref dropped);
        }
    }

    private static LibC.PollEntry Entry(SafeHandle handle) =>
        new() { Descriptor = (int)handle.DangerousGetHandle(), Events = LibC.Readable };
}
