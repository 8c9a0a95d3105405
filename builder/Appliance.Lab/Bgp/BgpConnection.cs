using System.Net;
using System.Net.Sockets;
using System.Text;
using Appliance.Lab.Linux;

namespace Appliance.Lab.Bgp;

/// <summary>TCP to a router's BGP port from inside a namespace.</summary>
public static class BgpConnection
{
    public const int Port = 179;

    /// <summary>TCP_MD5SIG of linux/tcp.h.</summary>
    private const int TcpMd5Signature = 14;

    /// <summary>TCP_MD5SIG_MAXKEYLEN of linux/tcp.h.</summary>
    private const int LongestKey = 80;

    /// <summary>sizeof(struct sockaddr_storage).</summary>
    private const int AddressStorage = 128;

    private const int IpProtocolTcp = 6;

    /// <summary>Opens a connection; nothing of BGP is said.</summary>
    /// <param name="inside">Where the socket lives.</param>
    /// <param name="password">TCP-MD5 (RFC 2385), or null.</param>
    /// <param name="hopLimit">Of every packet.</param>
    /// <param name="receiveBuffer">Bytes that the kernel keeps for us; 0: its own choice.</param>
    /// <exception cref="SocketException">Nobody answers.</exception>
    public static async Task<Socket> OpenAsync(
        NetworkNamespace inside,
        IPAddress local,
        IPAddress peer,
        string? password,
        int hopLimit,
        int receiveBuffer,
        CancellationToken token
    )
    {
        var socket = inside.Run(() =>
            new Socket(peer.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
        );
        try
        {
            socket.NoDelay = true;
            SetHopLimit(socket, hopLimit);
            if (receiveBuffer > 0)
            {
                socket.ReceiveBufferSize = receiveBuffer;
            }

            if (password is not null)
            {
                socket.SetRawSocketOption(
                    IpProtocolTcp,
                    TcpMd5Signature,
                    Signature(peer, password)
                );
            }

            socket.Bind(new IPEndPoint(local, 0));
            await socket.ConnectAsync(new IPEndPoint(peer, Port), token);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void SetHopLimit(Socket socket, int hopLimit)
    {
        if (socket.AddressFamily == AddressFamily.InterNetwork)
        {
            socket.Ttl = (short)hopLimit;
        }
        else
        {
            // IPV6_UNICAST_HOPS of in6.h; .NET's own option is the multicast one.
            socket.SetRawSocketOption(41, 16, BitConverter.GetBytes(hopLimit));
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
