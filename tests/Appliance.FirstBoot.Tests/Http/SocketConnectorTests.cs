using System.Net;
using System.Text;
using Appliance.FirstBoot.Http;

namespace Appliance.FirstBoot.Tests.Http;

public sealed class SocketConnectorTests
{
    private static readonly IPEndPoint Service = new(IPAddress.Parse("169.254.169.254"), 80);

    public SocketConnectorTests() =>
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs the sockets of a Unix");

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello, and more", "hello")]
    [InlineData("HTTP/1.0 200 OK\r\n\r\nhello", "hello")]
    [InlineData(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\n\r\n",
        "hello"
    )]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "")]
    public void Answers_of_every_form_are_read(string answer, string text)
    {
        using var server = Raw(answer);
        var reply = Send(server);
        Assert.Equal((200, text), (reply.Status, reply.Text));
        var asked = Assert.Single(server.Log);
        Assert.Equal(
            ("GET", "/x", "169.254.169.254"),
            (asked.Method, asked.Path, asked.Headers["Host"])
        );
    }

    [Theory]
    [InlineData(
        "HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/\r\nContent-Length: 0\r\n\r\n",
        "it redirects (HTTP 302)"
    )]
    [InlineData(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<!DOCTYPE html><html>Log in</html>",
        "a web page"
    )]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n  <html>Log in</html>", "a web page")]
    [InlineData(
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello",
        "ended before it was complete"
    )]
    [InlineData(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
        "ended before it was complete"
    )]
    [InlineData(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "a chunk of the answer has no length"
    )]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", "longer than 1048576 bytes")]
    [InlineData("SSH-2.0-OpenSSH_9.9\r\n\r\n\r\n", "does not speak HTTP")]
    [InlineData("HTTP/1.1 2\r\n\r\n", null)]
    [InlineData("", "ended before it was complete")]
    public void What_is_no_metadata_is_refused_with_its_reason(string answer, string? reason)
    {
        using var server = Raw(answer);
        if (reason is null)
        {
            Assert.Equal(2, Send(server).Status);
            return;
        }

        Assert.Contains(
            reason,
            Assert.Throws<HttpException>(() => Send(server)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_answer_without_end_is_cut_off_by_its_length()
    {
        using var server = new MetadataServer(
            async (_, stream, token) =>
            {
                await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), token);
                var piece = new byte[64 * 1024];
                while (!token.IsCancellationRequested)
                {
                    await stream.WriteAsync(piece, token);
                }
            }
        );
        Assert.Contains(
            "longer than",
            Assert.Throws<HttpException>(() => Send(server)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_answer_of_one_byte_a_moment_is_cut_off_by_the_limit()
    {
        using var server = new MetadataServer(
            async (_, stream, token) =>
            {
                foreach (
                    var letter in "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
                        + new string('x', 1000)
                )
                {
                    await stream.WriteAsync(new[] { (byte)letter }, token);
                    await Task.Delay(50, token);
                }
            }
        );
        var error = Assert.Throws<HttpException>(() => Send(server, TimeSpan.FromSeconds(1)));
        Assert.Equal("no answer in time", error.Message);
    }

    [Fact]
    public void A_server_that_says_nothing_is_given_up()
    {
        using var server = new MetadataServer((_, _, token) => Task.Delay(Timeout.Infinite, token));
        var error = Assert.Throws<HttpException>(() =>
            Send(server, TimeSpan.FromMilliseconds(300))
        );
        Assert.Equal("no answer in time", error.Message);
    }

    [Fact]
    public void A_server_that_is_not_there_is_a_reason()
    {
        IPEndPoint gone;
        using (var server = Raw(""))
        {
            gone = server.EndPoint;
        }

        var connector = new SocketConnector(_ => gone);
        var error = Assert.Throws<HttpException>(() =>
            connector.Send(new HttpRequest(Service, "/"), TimeSpan.FromSeconds(5))
        );
        Assert.Equal("169.254.169.254: Connection refused", error.Message);
    }

    [Fact]
    public void Damaged_answers_never_crash_the_parser()
    {
        var random = new Random(20261122);
        var sound =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/plain\r\n\r\n5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n"u8.ToArray();
        var whole = 0;
        for (var round = 0; round < 50_000; round++)
        {
            var answer = sound.ToArray();
            for (var count = random.Next(4); count > 0; count--)
            {
                answer[random.Next(answer.Length)] = (byte)random.Next(256);
            }

            whole += IsRead(answer, random) ? 1 : 0;
        }

        Assert.InRange(whole, 10_000, 49_000);
    }

    private static bool IsRead(byte[] answer, Random random)
    {
        try
        {
            var parser = new HttpReplyParser();
            for (var at = 0; at < answer.Length; )
            {
                var length = Math.Min(random.Next(1, 60), answer.Length - at);
                if (parser.Add(answer.AsSpan(at, length)))
                {
                    break;
                }

                at += length;
            }

            return parser.Finish().Status == 200;
        }
        catch (HttpException)
        {
            return false;
        }
    }

    private static MetadataServer Raw(string answer) =>
        new(
            (_, stream, token) => stream.WriteAsync(Encoding.ASCII.GetBytes(answer), token).AsTask()
        );

    private static HttpReply Send(MetadataServer server, TimeSpan? limit = null) =>
        new SocketConnector(_ => server.EndPoint).Send(
            new HttpRequest(Service, "/x"),
            limit ?? TimeSpan.FromSeconds(30)
        );
}
