using System.Formats.Asn1;
using Appliance.Sources.Archives;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.TeleTrust;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Appliance.Sources.Packages.Signatures;

/// <summary>
/// A public key of pkg's signers <c>ecc</c>, <c>eddsa</c> and <c>ecdsa</c>. Two spellings in DER: X.509's
/// SubjectPublicKeyInfo, and pkg's own (application, version, signer, curve, whether it is public, the point). The point is
/// always affine and uncompressed; the key of Curve25519 in the coordinates of its Weierstrass form. Source:
/// libpkg/pkgsign_ecc.c of pkg(8), and appendix A of RFC 9380 and "Alternative Elliptic Curve Representations"
/// (draft-ietf-lwig-curve-representations) for that form.
/// </summary>
internal sealed class CurveKey
{
    private const string Edwards = "WEI25519";
    private const string PublicKeyIdentifier = "1.2.840.10045.2.1";
    private const byte Uncompressed = 4;

    /// <summary>The curves that pkg knows, by identifier.</summary>
    private static readonly Dictionary<string, string> Curves = new(StringComparer.Ordinal)
    {
        ["1.3.132.0.10"] = "secp256k1",
        ["1.3.132.0.34"] = "secp384r1",
        ["1.3.132.0.35"] = "secp521r1",
        ["1.3.36.3.3.2.8.1.1.7"] = "brainpoolP256r1",
        ["1.3.36.3.3.2.8.1.1.8"] = "brainpoolP256t1",
        ["1.3.36.3.3.2.8.1.1.9"] = "brainpoolP320r1",
        ["1.3.36.3.3.2.8.1.1.10"] = "brainpoolP320t1",
        ["1.3.36.3.3.2.8.1.1.11"] = "brainpoolP384r1",
        ["1.3.36.3.3.2.8.1.1.12"] = "brainpoolP384t1",
        ["1.3.36.3.3.2.8.1.1.13"] = "brainpoolP512r1",
        ["1.3.36.3.3.2.8.1.1.14"] = "brainpoolP512t1",
    };

    private static readonly BigInteger Prime = BigInteger.One.ShiftLeft(255).Subtract(Small(19));

    /// <summary>What the Weierstrass form adds to the x of the Montgomery form: a third of 486662.</summary>
    private static readonly BigInteger Shift = Small(486662)
        .Multiply(Small(3).ModInverse(Prime))
        .Mod(Prime);

    /// <summary>The square root of -486664 of RFC 7748, section 4.1.</summary>
    private static readonly BigInteger Root = new(
        "51042569399160536130206135233146329284152202253034631822681833788666877215207"
    );

    private readonly byte[] point;

    private CurveKey(string curve, byte[] point)
    {
        Curve = curve;
        this.point = point;
    }

    public string Curve { get; }

    public bool IsEdwards => Curve.Equals(Edwards, StringComparison.OrdinalIgnoreCase);

    public X9ECParameters Parameters =>
        SecNamedCurves.GetByName(Curve)
        ?? TeleTrusTNamedCurves.GetByName(Curve)
        ?? throw new ArchiveException($"its key is on {Curve}, which is not known");

    /// <exception cref="ArchiveException">It is no such key.</exception>
    public static CurveKey Parse(ReadOnlyMemory<byte> der)
    {
        try
        {
            var key = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
            return key.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence)
                ? ParseX509(key)
                : ParseOwn(key);
        }
        catch (AsnContentException exception)
        {
            throw new ArchiveException("its key is damaged", exception);
        }
    }

    /// <summary>The point on a curve of ECDSA.</summary>
    /// <exception cref="ArchiveException">It is none of the curve.</exception>
    public ECPoint Point()
    {
        try
        {
            return Parameters.Curve.DecodePoint([Uncompressed, .. point]);
        }
        catch (Exception exception)
            when (exception is ArgumentException or FormatException or InvalidOperationException)
        {
            throw new ArchiveException($"its key is no point on {Curve}", exception);
        }
    }

    /// <summary>
    /// The point as RFC 8032 encodes a key. From the Weierstrass form (x + A/3, y) to the Montgomery form (u, v), and from
    /// there to the Edwards form (√-486664 · u / v, (u - 1) / (u + 1)).
    /// </summary>
    /// <exception cref="ArchiveException">It is none of the curve.</exception>
    public byte[] EdwardsPoint()
    {
        if (point.Length != 2 * Ed25519.PublicKeySize)
        {
            throw new ArchiveException($"its key has {point.Length} bytes");
        }

        var u = new BigInteger(1, point[..Ed25519.PublicKeySize]).Subtract(Shift).Mod(Prime);
        var v = new BigInteger(1, point[Ed25519.PublicKeySize..]);
        CheckOnMontgomeryCurve(u, v);
        var x = Root.Multiply(u).Multiply(Inverse(v)).Mod(Prime);
        var y = u.Subtract(BigInteger.One).Multiply(Inverse(u.Add(BigInteger.One))).Mod(Prime);
        var encoded = new byte[Ed25519.PublicKeySize];
        var bytes = y.ToByteArrayUnsigned();
        for (var index = 0; index < bytes.Length; index++)
        {
            encoded[index] = bytes[^(index + 1)];
        }

        encoded[^1] |= (byte)(x.TestBit(0) ? 0x80 : 0);
        return encoded;
    }

    private static CurveKey ParseX509(AsnReader key)
    {
        var algorithm = key.ReadSequence();
        if (algorithm.ReadObjectIdentifier() != PublicKeyIdentifier)
        {
            throw new ArchiveException("its key is none of an elliptic curve");
        }

        var identifier = algorithm.ReadObjectIdentifier();
        return Curves.TryGetValue(identifier, out var curve)
            ? new CurveKey(curve, ReadPoint(key))
            : throw new ArchiveException(
                $"its key is on the curve {identifier}, which pkg does not know"
            );
    }

    private static CurveKey ParseOwn(AsnReader key)
    {
        var application = key.ReadCharacterString(UniversalTagNumber.UTF8String);
        var version = key.ReadInteger();
        var signer = key.ReadCharacterString(UniversalTagNumber.UTF8String);
        var curve = key.ReadCharacterString(UniversalTagNumber.UTF8String);
        var isPublic = key.ReadBoolean();
        if (application != "pkg" || version != 1 || signer != "ecc")
        {
            throw new ArchiveException("its key is none of pkg's own");
        }

        if (!isPublic)
        {
            throw new ArchiveException("its key is a private one; name the public key");
        }

        return new CurveKey(
            curve == Edwards
                ? Edwards
                : Curves.Values.FirstOrDefault(known =>
                    known.Equals(curve, StringComparison.OrdinalIgnoreCase)
                )
                    ?? throw new ArchiveException(
                        $"its key is on {PackageNames.Shown(curve)}, which is not known"
                    ),
            ReadPoint(key)
        );
    }

    private static byte[] ReadPoint(AsnReader key)
    {
        var bytes = key.ReadBitString(out var unused);
        return unused == 0 && bytes is [Uncompressed, _, ..]
            ? bytes[1..]
            : throw new ArchiveException("its key is no uncompressed point");
    }

    /// <summary>v² = u³ + 486662 u² + u, and none of the points where the forms have no counterpart.</summary>
    private static void CheckOnMontgomeryCurve(BigInteger u, BigInteger v)
    {
        var right = u.Add(Small(486662)).Multiply(u).Add(BigInteger.One).Multiply(u).Mod(Prime);
        var isSpecial = v.SignValue == 0 || u.Add(BigInteger.One).Mod(Prime).SignValue == 0;
        if (isSpecial || v.CompareTo(Prime) >= 0 || !v.Multiply(v).Mod(Prime).Equals(right))
        {
            throw new ArchiveException("its key is no point on WEI25519");
        }
    }

    private static BigInteger Inverse(BigInteger value) => value.Mod(Prime).ModInverse(Prime);

    private static BigInteger Small(int value) => BigInteger.ValueOf(value);
}
