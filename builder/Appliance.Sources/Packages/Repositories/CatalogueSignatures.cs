using System.Security.Cryptography;
using System.Text;
using Appliance.Sources.Archives;
using Appliance.Sources.Packages.Signatures;

namespace Appliance.Sources.Packages.Repositories;

/// <summary>Gathers the signatures and keys of an archive and verifies them by the policy of the repository.</summary>
/// <param name="policy">The policy.</param>
/// <param name="keys">Public keys by the names of signatures, from <c>meta.conf</c>; trusted no more than those of the archive.</param>
internal sealed class CatalogueSignatures(
    SignaturePolicy policy,
    IReadOnlyDictionary<string, string> keys
)
{
    private const string PublicKeySignature = "signature";
    private readonly Dictionary<string, SignatureBytes> signatures = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SignatureBytes> certificates = new(StringComparer.Ordinal);

    public int Count => signatures.Count + certificates.Count;

    /// <summary>Only signatures by elliptic curves and a known key are over this digest; their kind may come late.</summary>
    public bool NeedsBlake2b =>
        policy is PublicKeyPolicy
        && (
            !signatures.TryGetValue(PublicKeySignature, out var signature)
            || signature.Kind != "rsa"
        );

    public bool Wants(string path) =>
        policy switch
        {
            PublicKeyPolicy => path == PublicKeySignature,
            FingerprintPolicy => Path.GetExtension(path) is ".sig" or ".pub",
            _ => false,
        };

    /// <exception cref="ArchiveException">It is there twice.</exception>
    public void Add(string path, byte[] bytes)
    {
        var isKey = policy is FingerprintPolicy && Path.GetExtension(path) == ".pub";
        var name = policy is FingerprintPolicy ? path[..^4] : path;
        if (!(isKey ? certificates : signatures).TryAdd(name, SignatureBytes.Parse(bytes)))
        {
            throw new ArchiveException($"{path} is there twice");
        }
    }

    /// <exception cref="SourceException">The policy is not satisfied.</exception>
    public void Verify(SignedContent content)
    {
        try
        {
            if (policy is FingerprintPolicy fingerprints)
            {
                VerifyFingerprints(fingerprints, content);
            }
            else if (policy is PublicKeyPolicy publicKey)
            {
                VerifyPublicKey(publicKey, content);
            }
        }
        catch (ArchiveException exception)
        {
            throw Untrusted(exception.Message, exception);
        }
    }

    /// <summary>No key may be revoked, one has to be trusted, and the signature of a trusted one right.</summary>
    private void VerifyFingerprints(FingerprintPolicy trust, SignedContent content)
    {
        if (Count == 0)
        {
            throw Untrusted("it is not signed");
        }

        var signers = new List<(SignatureBytes Signature, byte[] Key)>();
        foreach (var name in signatures.Keys.Union(certificates.Keys).Order(StringComparer.Ordinal))
        {
            var signature =
                signatures.GetValueOrDefault(name)
                ?? throw Untrusted($"its key {name}.pub has no signature {name}.sig");
            var key =
                KeyOf(name) ?? throw Untrusted($"its signature {name}.sig has no key {name}.pub");
            var fingerprint = Convert.ToHexStringLower(SHA256.HashData(key));
            if (trust.Revoked.Contains(fingerprint))
            {
                throw Untrusted(
                    $"its key with the fingerprint {fingerprint} was revoked, says {trust.Origin}"
                );
            }

            if (trust.Trusted.Contains(fingerprint))
            {
                signers.Add((signature, key));
            }
        }

        if (signers.Count == 0)
        {
            var found = certificates.Values.Select(key =>
                Convert.ToHexStringLower(SHA256.HashData(key.Bytes.Span))
            );
            throw Untrusted(
                $"none of its keys is trusted by {trust.Origin}. It is signed by the fingerprint {string.Join(", ", found)}"
            );
        }

        if (
            !signers.Exists(signer =>
                SignatureCheck.IsRightByCertificate(signer.Signature, signer.Key, content)
            )
        )
        {
            throw Untrusted("its signature is wrong: it was changed after it was signed");
        }
    }

    private void VerifyPublicKey(PublicKeyPolicy trust, SignedContent content)
    {
        if (!signatures.TryGetValue(PublicKeySignature, out var signature))
        {
            throw Untrusted("it is not signed");
        }

        if (!SignatureCheck.IsRightByPublicKey(signature, trust.Key.Span, content))
        {
            throw Untrusted(
                $"its signature is not one of the key {trust.Origin}: it was changed, or signed by another key"
            );
        }
    }

    private byte[]? KeyOf(string name) =>
        certificates.TryGetValue(name, out var key) ? key.Bytes.ToArray()
        : keys.TryGetValue(name, out var text) ? Encoding.UTF8.GetBytes(text)
        : null;

    private static SourceException Untrusted(string what, Exception? inner = null) =>
        new(SourceFailure.Untrusted, what, inner);
}
