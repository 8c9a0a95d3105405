using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Appliance.Sources.Tests.Support;

/// <summary>The answer to one request; one connection serves one request.</summary>
public sealed class Answer(TcpClient client, bool isHead, CancellationToken stop)
{
    private readonly NetworkStream stream = client.GetStream();

    /// <summary>A status without content.</summary>
    public Task StatusAsync(string status, string headers = "") => HeadersAsync(status, 0, headers);

    public async Task HeadersAsync(string status, long? length, string headers = "")
    {
        var announced = length is { } known
            ? $"Content-Length: {known.ToString(CultureInfo.InvariantCulture)}\r\n"
            : "";
        await SendAsync(
            Encoding.ASCII.GetBytes(
                $"HTTP/1.1 {status}\r\nConnection: close\r\n{announced}{headers}\r\n"
            )
        );
    }

    /// <summary>A file, or the rest of it that was asked for.</summary>
    public async Task FileAsync(Asked asked, byte[] content, string tag, int? most = null)
    {
        var start = asked.RangeStart ?? 0;
        var isPart =
            asked.RangeStart is not null && (asked.IfRange is null || asked.IfRange == tag);
        if (isPart && start >= content.Length)
        {
            await StatusAsync(
                "416 Range Not Satisfiable",
                $"Content-Range: bytes */{content.Length}\r\n"
            );
            return;
        }

        start = isPart ? start : 0;
        await HeadersAsync(
            isPart ? "206 Partial Content" : "200 OK",
            content.Length - start,
            $"ETag: {tag}\r\nContent-Type: application/octet-stream\r\n"
                + (
                    isPart
                        ? $"Content-Range: bytes {start}-{content.Length - 1}/{content.Length}\r\n"
                        : ""
                )
        );
        var rest = content.AsMemory((int)start);
        await BodyAsync(most < rest.Length ? rest[..most.Value] : rest);
    }

    public Task BodyAsync(ReadOnlyMemory<byte> bytes) =>
        isHead ? Task.CompletedTask : SendAsync(bytes);

    /// <summary>Sends nothing until the test is over.</summary>
    public Task StallAsync() => Task.Delay(Timeout.Infinite, stop);

    /// <summary>Breaks the connection with a reset.</summary>
    public void Reset()
    {
        client.LingerState = new LingerOption(true, 0);
        client.Close();
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await stream.WriteAsync(bytes, stop);
        await stream.FlushAsync(stop);
    }
}
