using System.Globalization;
using System.Text;

namespace Appliance.FirstBoot.Http;

/// <summary>Reads an answer (RFC 9112) from bytes that come in pieces.</summary>
internal sealed class HttpReplyParser
{
    /// <summary>Bytes of a whole answer. Providers limit user data to 16 to 64 KiB.</summary>
    public const int MaximumLength = 1 << 20;

    private const int MaximumHead = 32 * 1024;

    private byte[] content = new byte[16 * 1024];
    private int received;
    private int bodyAt = -1;
    private int status;
    private Dictionary<string, string> headers = [];

    /// <summary>Takes a piece; true when the answer is complete.</summary>
    /// <exception cref="HttpException">It is too large, or no answer.</exception>
    public bool Add(ReadOnlySpan<byte> piece)
    {
        if (received + piece.Length > MaximumLength)
        {
            throw new HttpException($"the answer is longer than {MaximumLength} bytes");
        }

        if (received + piece.Length > content.Length)
        {
            Array.Resize(ref content, Math.Max(2 * content.Length, received + piece.Length));
        }

        piece.CopyTo(content.AsSpan(received));
        received += piece.Length;

        if (bodyAt < 0)
        {
            ReadHead();
        }

        return bodyAt >= 0 && IsComplete();
    }

    /// <summary>The answer, when no more comes.</summary>
    /// <exception cref="HttpException">It ended early, or is none that metadata can be.</exception>
    public HttpReply Finish()
    {
        if (bodyAt < 0 || (!IsComplete() && IsBounded))
        {
            throw new HttpException("the answer ended before it was complete");
        }

        if (status is >= 300 and < 400)
        {
            throw new HttpException($"it redirects (HTTP {status}), and no redirect is followed");
        }

        var body = IsChunked ? Chunks() : Body.ToArray();
        var reply = new HttpReply(status, IsBounded && !IsChunked ? body[..(int)Length!] : body);
        return status < 400 && IsHtml(reply)
            ? throw new HttpException("it answers with a web page: this is no metadata service")
            : reply;
    }

    private bool IsChunked =>
        headers
            .GetValueOrDefault("transfer-encoding")
            ?.Contains("chunked", StringComparison.OrdinalIgnoreCase) == true;

    private long? Length =>
        long.TryParse(
            headers.GetValueOrDefault("content-length"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var length
        )
            ? length
            : null;

    private bool IsBounded => IsChunked || Length is not null;

    private ReadOnlySpan<byte> Body => content.AsSpan(bodyAt, received - bodyAt);

    private bool IsComplete() =>
        IsChunked ? EndOfChunks() >= 0 : Length is { } length && Body.Length >= length;

    private void ReadHead()
    {
        var bytes = content.AsSpan(0, received);
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            if (bytes.Length > MaximumHead)
            {
                throw new HttpException("the head of the answer is too long");
            }

            return;
        }

        var lines = Encoding.Latin1.GetString(bytes[..end]).Split("\r\n");
        if (
            lines[0].Split(' ', 3) is not [['H', 'T', 'T', 'P', '/', '1', '.', _], var code, ..]
            || !int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out status)
        )
        {
            throw new HttpException("what answers does not speak HTTP");
        }

        headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                headers[line[..colon]] = line[(colon + 1)..].Trim();
            }
        }

        bodyAt = end + 4;
        if (Length > MaximumLength)
        {
            throw new HttpException($"the answer is longer than {MaximumLength} bytes");
        }
    }

    /// <summary>Place behind the last chunk, −1 while it is not there.</summary>
    private int EndOfChunks()
    {
        var at = 0;
        while (TryChunk(at, out var start, out var length))
        {
            if (length == 0)
            {
                return start;
            }

            at = start + length + 2;
        }

        return -1;
    }

    private byte[] Chunks()
    {
        using var whole = new MemoryStream();
        var at = 0;
        while (TryChunk(at, out var start, out var length) && length > 0)
        {
            whole.Write(Body.Slice(start, length));
            at = start + length + 2;
        }

        return whole.ToArray();
    }

    private bool TryChunk(int at, out int start, out int length)
    {
        (start, length) = (0, 0);
        var rest = at < Body.Length ? Body[at..] : [];
        var end = rest.IndexOf("\r\n"u8);
        if (end < 0)
        {
            return rest.Length <= 64
                ? false
                : throw new HttpException("a chunk of the answer has no length");
        }

        var size = Encoding.ASCII.GetString(rest[..end]).Split(';')[0].Trim();
        if (
            !int.TryParse(
                size,
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out length
            ) || length is < 0 or > MaximumLength
        )
        {
            throw new HttpException("a chunk of the answer has no length");
        }

        start = at + end + 2;
        return length == 0 || start + length <= Body.Length;
    }

    private bool IsHtml(HttpReply reply)
    {
        var beginning = Encoding
            .Latin1.GetString(reply.Body.AsSpan(0, Math.Min(reply.Body.Length, 64)))
            .TrimStart();
        return headers
                .GetValueOrDefault("content-type")
                ?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true
                && beginning.StartsWith('<')
            || beginning.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || beginning.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }
}
