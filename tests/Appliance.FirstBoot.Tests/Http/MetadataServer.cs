using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Appliance.FirstBoot.Tests.Http;

/// <summary>What a client sent.</summary>
internal sealed record Asked(
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Headers,
    string Body
);

/// <summary>
/// A server on the loopback that says what a test wants, byte by byte: a proper server could not be as wrong as
/// the ones that are met.
/// </summary>
internal sealed class MetadataServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly Func<Asked, Stream, CancellationToken, Task> answer;

    public MetadataServer(Func<Asked, Stream, CancellationToken, Task> answer)
    {
        this.answer = answer;
        listener.Start();
        // Threads of its own: the clients block those of the pool.
        new Thread(Serve) { IsBackground = true }.Start();
    }

    /// <summary>Answers with 200 and a text, or 404 where there is none.</summary>
    public MetadataServer(Func<Asked, string?> answer)
        : this((asked, stream, token) => SayAsync(stream, answer(asked), token)) { }

    public IPEndPoint EndPoint => (IPEndPoint)listener.LocalEndpoint;

    /// <summary>Everything that was asked so far.</summary>
    public List<Asked> Log { get; } = [];

    public void Dispose()
    {
        end.Cancel();
        listener.Dispose();
        end.Dispose();
    }

    public static async Task SayAsync(Stream stream, string? text, CancellationToken token)
    {
        var status = text switch
        {
            null => "404 Not Found",
            _ when text.StartsWith("HTTP:", StringComparison.Ordinal) => text[5..],
            _ => "200 OK",
        };
        var body = Encoding.UTF8.GetBytes(
            status == "200 OK" ? text! : "<html>an error page</html>"
        );
        var head =
            $"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), token);
        await stream.WriteAsync(body, token);
    }

    private void Serve()
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                var client = listener.AcceptTcpClient();
                new Thread(() => Serve(client)) { IsBackground = true }.Start();
            }
            catch (Exception exception)
                when (exception
                        is ObjectDisposedException
                            or SocketException
                            or InvalidOperationException
                )
            {
                return;
            }
        }
    }

    private void Serve(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var stream = client.GetStream();
                var asked = Read(stream);
                lock (Log)
                {
                    Log.Add(asked);
                }

                answer(asked, stream, end.Token).GetAwaiter().GetResult();
                client.Client.Shutdown(SocketShutdown.Send);
            }
            catch (Exception exception)
                when (exception
                        is IOException
                            or SocketException
                            or OperationCanceledException
                            or ObjectDisposedException
                )
            {
                // The client has gone, or the test is over.
            }
        }
    }

    private static Asked Read(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        var first = (reader.ReadLine() ?? "").Split(' ');
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            var pair = line.Split(": ", 2);
            headers[pair[0]] = pair[1];
        }

        var length = int.Parse(
            headers.GetValueOrDefault("Content-Length", "0"),
            System.Globalization.CultureInfo.InvariantCulture
        );
        var body = new char[length];
        for (var at = 0; at < length; )
        {
            at += reader.Read(body, at, length - at) is > 0 and var count
                ? count
                : throw new IOException("gone");
        }

        return new Asked(first[0], first[1], headers, new string(body));
    }
}
