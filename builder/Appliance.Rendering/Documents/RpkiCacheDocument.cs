namespace Appliance.Rendering.Documents;

/// <summary>An RPKI-to-Router cache (RFC 8210).</summary>
public sealed record RpkiCacheDocument
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>Null: over plain TCP.</summary>
    public RpkiSshDocument? Ssh { get; init; }
}

/// <summary>How a cache is asked over ssh.</summary>
public sealed record RpkiSshDocument
{
    /// <summary>Our name there.</summary>
    public required string User { get; init; }

    /// <summary>Name of the secret that holds our private key; never the key.</summary>
    public required string KeySecret { get; init; }

    /// <summary>The cache's public key: type and base64.</summary>
    public required string HostKey { get; init; }
}
