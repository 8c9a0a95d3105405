namespace Appliance.Sources.Packages.Signatures;

/// <summary>How a repository proves that it is the one that is meant: <c>signature_type</c> of pkg.conf(5).</summary>
public abstract record SignaturePolicy
{
    private protected SignaturePolicy() { }

    /// <summary>
    /// No proof at all (<c>none</c>): whoever controls the mirror or the way to it controls the image. Only for
    /// repositories that were made on this machine.
    /// </summary>
    public static SignaturePolicy UnsignedIAcceptAnything { get; } = new UnsignedPolicy();
}

/// <summary>
/// The catalogue brings its public key, and the digest of the key is among the trusted ones
/// (<c>fingerprints</c>). FreeBSD's repositories are signed so.
/// </summary>
/// <param name="Trusted">SHA-256 of trusted public keys: 64 lowercase hexadecimal digits each.</param>
/// <param name="Revoked">The same of keys that must not sign any more.</param>
/// <param name="Origin">Where they are from, for messages.</param>
public sealed record FingerprintPolicy(
    IReadOnlySet<string> Trusted,
    IReadOnlySet<string> Revoked,
    string Origin
) : SignaturePolicy;

/// <summary>The catalogue is signed by the one key that is known here (<c>pubkey</c>).</summary>
/// <param name="Key">The public key: PEM for RSA, DER for the elliptic curves.</param>
/// <param name="Origin">Where it is from, for messages.</param>
public sealed record PublicKeyPolicy(ReadOnlyMemory<byte> Key, string Origin) : SignaturePolicy;

/// <summary>See <see cref="SignaturePolicy.UnsignedIAcceptAnything"/>.</summary>
internal sealed record UnsignedPolicy : SignaturePolicy;
