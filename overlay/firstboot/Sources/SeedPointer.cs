using System.Net;
using Appliance.FirstBoot.Metadata;

namespace Appliance.FirstBoot.Sources;

/// <summary>A serial number that points at a seed: "ds=nocloud;s=http://192.0.2.1:8000/seed/;i=ID;h=NAME".</summary>
/// <param name="Place">The URL as it was given.</param>
internal sealed record SeedPointer(string Place)
{
    public IPEndPoint? Server { get; private init; }

    /// <summary>With '/' at both ends.</summary>
    public string Path { get; private init; } = "/";

    public string? InstanceId { get; private init; }

    public string? Hostname { get; private init; }

    /// <summary>Values of it that cannot be used.</summary>
    public IReadOnlyList<string> Ignored { get; private init; } = [];

    /// <summary>Why it cannot be followed.</summary>
    public string? Problem { get; private init; }

    /// <summary>Null for an ordinary serial number.</summary>
    public static SeedPointer? Parse(string? serial)
    {
        var words = serial?.Split(';', StringSplitOptions.TrimEntries) ?? [];
        if (words is not ["ds=nocloud" or "ds=nocloud-net", ..])
        {
            return null;
        }

        string? Value(params string[] names) =>
            words
                .Select(word => word.Split('=', 2))
                .FirstOrDefault(pair => pair.Length == 2 && names.Contains(pair[0]))
                ?[1];

        var judge = new ValueJudge("serial number");
        return Value("s", "seedfrom") is { } url
            ? Follow(url) with
            {
                InstanceId = judge.InstanceId("instance-id", Value("i", "instance-id")),
                Hostname = judge.Hostname(("local-hostname", Value("h", "local-hostname"))),
                Ignored = judge.Ignored,
            }
            : null;
    }

    private static SeedPointer Follow(string url)
    {
        const string Scheme = "http://";
        var pointer = new SeedPointer(PlainText.Shown(url));
        if (!url.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return pointer with
            {
                Problem = "only http:// is read; sign the document if the way is not yours",
            };
        }

        var rest = url[Scheme.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var (authority, path) = slash < 0 ? (rest, "/") : (rest[..slash], rest[slash..]);
        if (!path.EndsWith('/'))
        {
            path += "/";
        }

        if (path.Any(letter => letter is <= ' ' or > '~') || EndPoint(authority) is not { } server)
        {
            return pointer with
            {
                Problem = "the server must be an address: names are not resolved this early",
            };
        }

        return pointer with
        {
            Server = server,
            Path = path,
        };
    }

    private static IPEndPoint? EndPoint(string authority)
    {
        var isBare = !authority.Contains(':', StringComparison.Ordinal) || authority.EndsWith(']');
        var text = isBare ? authority + ":80" : authority;
        return IPEndPoint.TryParse(text, out var server) ? server : null;
    }
}
