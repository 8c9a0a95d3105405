using System.Net;
using System.Text;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Yaml;

namespace Appliance.FirstBoot.Http;

/// <summary>
/// Asks one server again and again, with headers of its own, within a time for all of it: a metadata service may
/// come up after the machine, may be slow, and may not be one.
/// </summary>
internal sealed class MetadataClient(
    IMachine machine,
    IConnector connector,
    IPEndPoint server,
    TimeSpan deadline
)
{
    private const int Tries = 3;

    private static readonly TimeSpan OneRequest = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly List<string> unanswered = [];

    /// <summary>Sent with every request.</summary>
    public List<(string Name, string Value)> Headers { get; } = [];

    /// <summary>The content, null when there is no such thing (404).</summary>
    /// <exception cref="HttpException">No answer, or another status.</exception>
    public byte[]? Get(string path)
    {
        var reply = Send(new HttpRequest(server, path) { Headers = Headers });
        return reply.Status switch
        {
            200 => reply.Body,
            404 => null,
            var status => throw new HttpException($"{path}: HTTP {status}"),
        };
    }

    /// <summary>
    /// What was asked for in vain, and why. What the service had given before stays: see <see cref="TryGet"/>.
    /// </summary>
    public IReadOnlyList<string> Unanswered => unanswered;

    /// <summary>The content of what a machine can do without; null when there is none, or no answer, which is recorded.</summary>
    public byte[]? TryGet(string path)
    {
        try
        {
            return Get(path);
        }
        catch (HttpException exception)
        {
            unanswered.Add(exception.Message);
            return null;
        }
    }

    public string? TryGetText(string path) =>
        TryGet(path) is { } content ? Encoding.UTF8.GetString(content) : null;

    public string? GetText(string path) =>
        Get(path) is { } content ? Encoding.UTF8.GetString(content) : null;

    /// <summary>JSON or YAML.</summary>
    /// <exception cref="YamlException">It is neither.</exception>
    public YamlNode? GetNode(string path)
    {
        try
        {
            return GetText(path) is { } text ? YamlReader.Read(text) : null;
        }
        catch (YamlException exception)
        {
            throw new YamlException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Any answer, whatever its status; servers that are not ready (5xx) and silence are tried again.</summary>
    /// <exception cref="HttpException">No answer.</exception>
    public HttpReply Send(HttpRequest request, int tries = Tries)
    {
        for (var number = 1; ; number++)
        {
            try
            {
                var reply = connector.Send(request, Remaining(request.Path));
                if (reply.Status < 500 || number == tries)
                {
                    return reply;
                }
            }
            catch (HttpException exception) when (number == tries)
            {
                throw new HttpException($"{request.Path}: {exception.Message}", exception);
            }
            catch (HttpException)
            {
                // Once more.
            }

            machine.Pause(Pause);
        }
    }

    public HttpRequest Request(string path) => new(server, path) { Headers = Headers };

    private TimeSpan Remaining(string path)
    {
        var remaining = deadline - machine.Elapsed;
        return remaining <= TimeSpan.Zero
                ? throw new HttpException($"{path}: the time for metadata is over")
            : remaining < OneRequest ? remaining
            : OneRequest;
    }
}
