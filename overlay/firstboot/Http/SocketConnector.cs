using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Appliance.FirstBoot.Http;

/// <summary>
/// TCP. .NET's own HTTP client would be a quarter of the executable, follows proxies and redirects, and resolves
/// names, none of which a metadata service needs.
/// </summary>
/// <param name="route">Where an endpoint really lies; tests have theirs on the loopback.</param>
internal sealed class SocketConnector(Func<IPEndPoint, IPEndPoint> route) : IConnector
{
    public HttpReply Send(HttpRequest request, TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            var server = route(request.Server);
            using var socket = new Socket(
                server.AddressFamily,
                SocketType.Stream,
                ProtocolType.Tcp
            );
            Connect(socket, server, limit);
            SendAll(socket, request.ToBytes(), limit, watch);
            return Receive(socket, limit, watch);
        }
        catch (SocketException exception)
        {
            throw new HttpException(
                $"{request.Server.Address}: {exception.SocketErrorCode}",
                exception
            );
        }
    }

    private static void Connect(Socket socket, IPEndPoint server, TimeSpan limit)
    {
        socket.Blocking = false;
        try
        {
            socket.Connect(server);
        }
        catch (SocketException exception)
            when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            Await(socket, SelectMode.SelectWrite, limit);
            var error = (int)
                socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
            if (error != 0)
            {
                throw new SocketException(error);
            }
        }
    }

    private static void SendAll(Socket socket, byte[] content, TimeSpan limit, Stopwatch watch)
    {
        var sent = 0;
        while (sent < content.Length)
        {
            Await(socket, SelectMode.SelectWrite, limit - watch.Elapsed);
            sent += socket.Send(content.AsSpan(sent), SocketFlags.None);
        }
    }

    private static HttpReply Receive(Socket socket, TimeSpan limit, Stopwatch watch)
    {
        var parser = new HttpReplyParser();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            Await(socket, SelectMode.SelectRead, limit - watch.Elapsed);
            var length = socket.Receive(buffer, SocketFlags.None);
            if (length == 0 || parser.Add(buffer.AsSpan(0, length)))
            {
                return parser.Finish();
            }
        }
    }

    private static void Await(Socket socket, SelectMode mode, TimeSpan limit)
    {
        if (limit <= TimeSpan.Zero || !socket.Poll(limit, mode))
        {
            throw new HttpException("no answer in time");
        }
    }
}
