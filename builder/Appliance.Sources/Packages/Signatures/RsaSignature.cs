using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Appliance.Sources.Archives;

namespace Appliance.Sources.Packages.Signatures;

/// <summary>RSA signatures by PKCS #1 v1.5 (RFC 8017, section 8.2.2).</summary>
internal static class RsaSignature
{
    /// <summary>
    /// The head of a DigestInfo with the object identifier of SHA-1 and room for 64 or 65 bytes: pkg with OpenSSL 1 called
    /// the digits of a SHA-256 a SHA-1, with the zero behind them or without.
    /// </summary>
    private static ReadOnlySpan<byte> OldIdentifier =>
        [0x30, 0x09, 0x06, 0x05, 0x2B, 0x0E, 0x03, 0x02, 0x1A, 0x05, 0x00, 0x04];

    /// <summary>Whether the signature is over the SHA-256 of <paramref name="message"/>.</summary>
    /// <exception cref="ArchiveException">The key is no RSA key.</exception>
    public static bool IsRight(
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> signature,
        ReadOnlySpan<byte> message
    )
    {
        using var rsa = Load(key);
        return rsa.VerifyData(
            message,
            signature,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
    }

    /// <summary>
    /// Whether the signature has <paramref name="digits"/> themselves in the place of a digest. The signed block is made
    /// again and compared as a whole, so nothing is parsed out of it.
    /// </summary>
    /// <exception cref="ArchiveException">The key is no RSA key.</exception>
    public static bool IsRightInOldForm(
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> signature,
        ReadOnlySpan<byte> digits
    )
    {
        using var rsa = Load(key);
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        var modulus = new BigInteger(parameters.Modulus, isUnsigned: true, isBigEndian: true);
        var number = new BigInteger(signature, isUnsigned: true, isBigEndian: true);
        var size = parameters.Modulus!.Length;
        if (signature.Length != size || number >= modulus)
        {
            return false;
        }

        var exponent = new BigInteger(parameters.Exponent, isUnsigned: true, isBigEndian: true);
        var block = new byte[size];
        var bytes = BigInteger
            .ModPow(number, exponent, modulus)
            .ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(block, size - bytes.Length);
        return block.AsSpan().SequenceEqual(Padded(digits, size))
            || block.AsSpan().SequenceEqual(Padded([.. digits, 0], size));
    }

    private static byte[] Padded(ReadOnlySpan<byte> digest, int size)
    {
        byte[] info =
        [
            0x30,
            (byte)(OldIdentifier.Length + 1 + digest.Length),
            .. OldIdentifier,
            (byte)digest.Length,
            .. digest,
        ];
        var block = new byte[size];
        block.AsSpan().Fill(0xFF);
        block[0] = 0;
        block[1] = 1;
        block[size - info.Length - 1] = 0;
        info.CopyTo(block, size - info.Length);
        return block;
    }

    private static RSA Load(ReadOnlySpan<byte> key)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(Encoding.Latin1.GetString(key));
            return rsa;
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            rsa.Dispose();
            throw new ArchiveException("the public key is no RSA key in PEM", exception);
        }
    }
}
