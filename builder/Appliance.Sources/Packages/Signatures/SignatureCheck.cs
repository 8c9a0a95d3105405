using Appliance.Sources.Archives;

namespace Appliance.Sources.Packages.Signatures;

/// <summary>
/// Verifies one signature as pkg does. Catalogues of type <c>fingerprints</c> are signed over the hexadecimal digits of
/// their SHA-256; of type <c>pubkey</c> with RSA too (or, before OpenSSL 3, in a form of its own), with the elliptic curves
/// over the bytes of their BLAKE2b-512. Source: libpkg/pkgsign.c, pkgsign_ossl.c and pkgsign_ecc.c of pkg(8).
/// </summary>
internal static class SignatureCheck
{
    /// <summary>Whether a signature with the key that came with it is right.</summary>
    /// <exception cref="ArchiveException">The kind or the key is none that is known.</exception>
    public static bool IsRightByCertificate(
        SignatureBytes signature,
        ReadOnlySpan<byte> key,
        SignedContent content
    ) =>
        signature.Kind == "rsa"
            ? RsaSignature.IsRight(key, signature.Bytes.Span, content.Sha256Digits.Span)
            : CurveSignature.IsRight(
                signature.Kind,
                key,
                signature.Bytes,
                content.Sha256Digits.ToArray()
            );

    /// <summary>Whether a signature is right by the one key that is known.</summary>
    /// <exception cref="ArchiveException">The kind or the key is none that is known.</exception>
    public static bool IsRightByPublicKey(
        SignatureBytes signature,
        ReadOnlySpan<byte> key,
        SignedContent content
    )
    {
        if (signature.Kind != "rsa")
        {
            var blake2b =
                content.Blake2b
                ?? throw new InvalidOperationException(
                    "The digest of the curves was not computed."
                );
            return CurveSignature.IsRight(signature.Kind, key, signature.Bytes, blake2b.ToArray());
        }

        // pkg writes one byte more than the signature has.
        var bytes = signature.Bytes.Span is [.. var without, 0] ? without : signature.Bytes.Span;
        return RsaSignature.IsRight(key, bytes, content.Sha256Digits.Span)
            || RsaSignature.IsRightInOldForm(key, bytes, content.Sha256Digits.Span);
    }
}
