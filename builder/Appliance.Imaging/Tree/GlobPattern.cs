namespace Appliance.Imaging.Tree;

/// <summary>
/// A pattern as in gitignore(5): without a slash in front of its last character it matches at any depth, with one it starts
/// at the root; a slash at its end means directories only; "!" in front takes back what an earlier pattern said.
/// </summary>
internal sealed class GlobPattern
{
    public GlobPattern(string text)
    {
        Text = text;
        string body = text;
        if (body.StartsWith('!'))
        {
            IsNegated = true;
            body = body[1..];
        }
        if (body.EndsWith('/'))
        {
            IsDirectoryOnly = true;
            body = body[..^1];
        }
        bool isAnchored = body.Contains('/', StringComparison.Ordinal);
        body = body.StartsWith('/') ? body[1..] : body;
        string[] parts = body.Split('/');
        if (parts.Any(part => part is "" or "." or ".."))
        {
            throw new ImagingException(
                $"Pattern '{text}' has an empty, '.' or '..' component; write names separated by single slashes."
            );
        }
        Segments =
        [
            .. isAnchored ? Array.Empty<GlobSegment>() : [new GlobSegment("**")],
            .. parts.Select(part => new GlobSegment(part)),
        ];
    }

    /// <summary>The pattern as written.</summary>
    public string Text { get; }

    /// <summary>Whether it keeps what it matches.</summary>
    public bool IsNegated { get; }

    /// <summary>Whether it matches directories only.</summary>
    public bool IsDirectoryOnly { get; }

    /// <summary>What the names of a path have to match, from the root down.</summary>
    public GlobSegment[] Segments { get; }
}
