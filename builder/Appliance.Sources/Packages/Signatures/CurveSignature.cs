using System.Formats.Asn1;
using System.Security.Cryptography;
using Appliance.Sources.Archives;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Appliance.Sources.Packages.Signatures;

/// <summary>Signatures by elliptic curves: EdDSA on Curve25519 (<c>ecc</c>, <c>eddsa</c>), and ECDSA with SHA-256.</summary>
internal static class CurveSignature
{
    /// <summary>Whether the signature is over <paramref name="message"/>.</summary>
    /// <param name="kind">The signer: ecc, eddsa or ecdsa.</param>
    /// <param name="key">The public key in DER.</param>
    /// <param name="signature">The signature: a DER sequence of two integers, also for EdDSA.</param>
    /// <param name="message">What was signed.</param>
    /// <exception cref="ArchiveException">The kind or the key is none that is known.</exception>
    public static bool IsRight(
        string kind,
        ReadOnlySpan<byte> key,
        ReadOnlyMemory<byte> signature,
        byte[] message
    )
    {
        if (kind is not ("ecc" or "eddsa" or "ecdsa"))
        {
            throw new ArchiveException(
                $"its signer \"{PackageNames.Shown(kind)}\" is not known; known are rsa, ecc, eddsa and ecdsa"
            );
        }

        var publicKey = CurveKey.Parse(key.ToArray());
        if ((kind == "ecdsa") == publicKey.IsEdwards)
        {
            throw new ArchiveException(
                $"a signature of kind {kind} cannot be made with a key on {publicKey.Curve}"
            );
        }

        return ReadPair(signature) is { } pair
            && (
                publicKey.IsEdwards
                    ? IsRightEdwards(publicKey, pair, message)
                    : IsRightEcdsa(publicKey, pair, message)
            );
    }

    private static bool IsRightEcdsa(CurveKey key, (byte[] R, byte[] S) pair, byte[] message)
    {
        var domain = new ECDomainParameters(key.Parameters);
        var signer = new ECDsaSigner();
        signer.Init(forSigning: false, new ECPublicKeyParameters(key.Point(), domain));
        return signer.VerifySignature(
            SHA256.HashData(message),
            new BigInteger(1, pair.R),
            new BigInteger(1, pair.S)
        );
    }

    /// <summary>The two halves of the signature are not numbers, but libecc writes them as such.</summary>
    private static bool IsRightEdwards(CurveKey key, (byte[] R, byte[] S) pair, byte[] message)
    {
        var signature = new byte[Ed25519.SignatureSize];
        var half = signature.Length / 2;
        if (pair.R.Length > half || pair.S.Length > half)
        {
            return false;
        }

        pair.R.CopyTo(signature, half - pair.R.Length);
        pair.S.CopyTo(signature, signature.Length - pair.S.Length);
        return Ed25519.Verify(signature, 0, key.EdwardsPoint(), 0, message, 0, message.Length);
    }

    private static (byte[] R, byte[] S)? ReadPair(ReadOnlyMemory<byte> signature)
    {
        try
        {
            var sequence = new AsnReader(signature, AsnEncodingRules.BER).ReadSequence();
            return (Magnitude(sequence), Magnitude(sequence));
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>The bytes of a positive integer without the zero that keeps it positive.</summary>
    private static byte[] Magnitude(AsnReader reader)
    {
        var bytes = reader.ReadIntegerBytes().Span;
        return bytes is [0, >= 0x80, ..] ? bytes[1..].ToArray() : bytes.ToArray();
    }
}
