using System.Net;
using System.Net.Sockets;
using System.Text;
using Appliance.Lab.Linux;

namespace Appliance.Conformance.Bgp;

/// <summary>TCP to a router's BGP port from inside a namespace.</summary>
internal static class BgpConnection
{
    public const int Port = 179;

    /// <summary>TCP_MD5SIG of linux/tcp.h.</summary>
    private const int TcpMd5Signature = 14;

    /// <summary>TCP_MD5SIG_MAXKEYLEN of linux/tcp.h.</summary>
    private const int LongestKey = 80;

    /// <summary>sizeof(struct sockaddr_storage).</summary>
    private const int AddressStorage = 128;

    private const int IpProtocolTcp = 6;

    /// <summary>Opens a connection as a speaker would, without sending any BGP message.</summary>
    /// <exception cref="SocketException">The router does not respond.</exception>
    public static async Task<Socket> OpenAsync(BgpSpeakerOptions options, CancellationToken token)
    {
        var peer = options.Peer;
        var socket = options.Inside.Run(() =>
            new Socket(peer.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
        );
        try
        {
            socket.NoDelay = true;
            SetHopLimits(socket, options.HopLimit, options.LeastHopLimit);
            if (options.ReceiveBuffer > 0)
            {
                socket.ReceiveBufferSize = options.ReceiveBuffer;
            }

            if (options.Password is { } password)
            {
                Sign(socket, peer, password);
            }

            socket.Bind(new IPEndPoint(options.Local, 0));
            await socket.ConnectAsync(new IPEndPoint(peer, Port), token);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether the kernel signs segments (CONFIG_TCP_MD5SIG).</summary>
    public static bool HasPasswords(NetworkNamespace inside)
    {
        using var socket = inside.Run(() =>
            new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        );
        try
        {
            Sign(socket, IPAddress.Loopback, "probe");
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static void Sign(Socket socket, IPAddress peer, string password) =>
        socket.SetRawSocketOption(IpProtocolTcp, TcpMd5Signature, Signature(peer, password));

    private static void SetHopLimits(Socket socket, int hopLimit, int least)
    {
        if (socket.AddressFamily == AddressFamily.InterNetwork)
        {
            socket.Ttl = (short)hopLimit;
            // IP_MINTTL of in.h.
            socket.SetRawSocketOption(0, 21, BitConverter.GetBytes(least));
        }
        else
        {
            // IPV6_UNICAST_HOPS and IPV6_MINHOPCOUNT of in6.h; .NET's own option is the multicast one.
            socket.SetRawSocketOption(41, 16, BitConverter.GetBytes(hopLimit));
            socket.SetRawSocketOption(41, 73, BitConverter.GetBytes(least));
        }
    }

    /// <summary>struct tcp_md5sig: the peer's address, flags, prefix length, length of the key, interface, the key.</summary>
    private static byte[] Signature(IPAddress peer, string password)
    {
        var key = Encoding.ASCII.GetBytes(password);
        var option = new byte[AddressStorage + 8 + LongestKey];
        var address = new IPEndPoint(peer, 0).Serialize();
        address.Buffer.Span[..address.Size].CopyTo(option);
        BitConverter.TryWriteBytes(option.AsSpan(AddressStorage + 2), (ushort)key.Length);
        key.CopyTo(option, AddressStorage + 8);
        return option;
    }
}
