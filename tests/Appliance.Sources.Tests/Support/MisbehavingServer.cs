using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Appliance.Sources.Tests.Support;

/// <summary>What a client asked for.</summary>
/// <param name="Number">1 for the first request to this path, and so on.</param>
/// <param name="Method">GET or HEAD.</param>
/// <param name="Path">The path.</param>
/// <param name="RangeStart">The first byte that is wanted, where a range is.</param>
/// <param name="IfRange">The tag that the range depends on.</param>
public sealed record Asked(
    int Number,
    string Method,
    string Path,
    long? RangeStart,
    string? IfRange
);

/// <summary>
/// A mirror on this machine that speaks HTTP by hand, so that it can break every rule of it: stall, reset, lie about
/// lengths. Each path has an answer of its own; a path without one is not found.
/// </summary>
public sealed class MisbehavingServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<string, Func<Asked, Answer, Task>> answers = new();
    private readonly ConcurrentDictionary<string, int> counts = new();
    private readonly ConcurrentQueue<Asked> log = new();

    public MisbehavingServer()
    {
        listener.Start();
        _ = AcceptAsync();
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

    public IReadOnlyList<Asked> Log => [.. log];

    /// <summary>Answers a path; the path has no slash in front.</summary>
    public void On(string path, Func<Asked, Answer, Task> answer) => answers["/" + path] = answer;

    /// <summary>Serves a file as a good mirror does.</summary>
    public void Serve(string path, byte[] content, string tag = "\"one\"") =>
        On(path, (asked, answer) => answer.FileAsync(asked, content, tag));

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync(stop.Token);
            }
            catch (Exception exception)
                when (exception
                        is OperationCanceledException
                            or SocketException
                            or ObjectDisposedException
                )
            {
                return;
            }

            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var reader = new StreamReader(
                    client.GetStream(),
                    Encoding.ASCII,
                    leaveOpen: true
                );
                if (await ReadAsync(reader) is { } asked)
                {
                    log.Enqueue(asked);
                    var answer = new Answer(client, asked.Method == "HEAD", stop.Token);
                    await answers.GetValueOrDefault(asked.Path, NotFoundAsync)(asked, answer);
                }
            }
            catch (Exception exception)
                when (exception is IOException or SocketException or OperationCanceledException)
            {
                // The client went away, or the test is over.
            }
        }
    }

    private async Task<Asked?> ReadAsync(StreamReader reader)
    {
        var first = (await reader.ReadLineAsync(stop.Token))?.Split(' ');
        if (first is not { Length: 3 })
        {
            return null;
        }

        long? range = null;
        string? ifRange = null;
        while (await reader.ReadLineAsync(stop.Token) is { Length: > 0 } line)
        {
            var (name, value) = (line[..line.IndexOf(':')], line[(line.IndexOf(':') + 2)..]);
            if (name.Equals("Range", StringComparison.OrdinalIgnoreCase))
            {
                range = long.Parse(
                    value["bytes=".Length..].TrimEnd('-'),
                    CultureInfo.InvariantCulture
                );
            }
            else if (name.Equals("If-Range", StringComparison.OrdinalIgnoreCase))
            {
                ifRange = value;
            }
        }

        var number = counts.AddOrUpdate(first[1], 1, (_, count) => count + 1);
        return new Asked(number, first[0], first[1], range, ifRange);
    }

    private static Task NotFoundAsync(Asked asked, Answer answer) =>
        answer.StatusAsync("404 Not Found");
}
