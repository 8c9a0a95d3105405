using System.Diagnostics;
using System.Net;
using System.Runtime.Versioning;

namespace Appliance.FirstBoot.Http;

/// <summary>
/// HTTP over TCP. .NET's own client would be a quarter of the executable, follows proxies and redirects, and resolves
/// names, none of which a metadata service needs.
/// </summary>
/// <param name="route">Where an endpoint really lies; tests have theirs on the loopback.</param>
[UnsupportedOSPlatform("windows")]
internal sealed class SocketConnector(Func<IPEndPoint, IPEndPoint> route) : IConnector
{
    public HttpReply Send(HttpRequest request, TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            using var socket = new TcpSocket(route(request.Server));
            socket.Send(request.ToBytes(), () => limit - watch.Elapsed);
            return Receive(socket, () => limit - watch.Elapsed);
        }
        catch (IOException exception)
        {
            throw new HttpException($"{request.Server.Address}: {exception.Message}", exception);
        }
    }

    private static HttpReply Receive(TcpSocket socket, Func<TimeSpan> remaining)
    {
        var parser = new HttpReplyParser();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var length = socket.Receive(buffer, remaining());
            if (length == 0 || parser.Add(buffer.AsSpan(0, length)))
            {
                return parser.Finish();
            }
        }
    }
}
