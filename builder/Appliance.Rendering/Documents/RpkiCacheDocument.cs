namespace Appliance.Rendering.Documents;

/// <summary>An RPKI-to-Router cache (RFC 8210), over TCP.</summary>
public sealed record RpkiCacheDocument
{
    public required string Host { get; init; }

    public required int Port { get; init; }
}
