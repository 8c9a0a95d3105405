using System.Security.Cryptography;
using Appliance.Sources.Archives;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;

namespace Appliance.Sources.Packages;

/// <summary>
/// A digest as pkg writes it: the number of a kind, <c>$</c>, and the digest; without a number it is SHA-256 in hexadecimal
/// digits. Kinds: 0 SHA-256 and 2 BLAKE2b-512 and 5 BLAKE2s-256 in z-base-32, 1 SHA-256 in hexadecimal digits. Source:
/// libpkg/pkg_checksum.c of pkg(8).
/// </summary>
public static class PackageSum
{
    private const int BufferSize = 256 * 1024;
    private const string ZBase32 = "ybndrfg8ejkmcpqxot1uwisza345h769";

    /// <summary>Whether the text is a digest of a kind that can be compared.</summary>
    public static bool IsKnown(string sum)
    {
        ArgumentNullException.ThrowIfNull(sum);
        var (kind, digest) = Split(sum);
        return kind switch
        {
            0 or 5 => digest.Length == 52 && digest.All(ZBase32.Contains),
            1 => digest.Length == 64 && digest.All(char.IsAsciiHexDigitLower),
            2 => digest.Length == 103 && digest.All(ZBase32.Contains),
            _ => false,
        };
    }

    /// <summary>Whether bytes have the digest.</summary>
    public static bool Matches(string sum, ReadOnlySpan<byte> content)
    {
        using var computing = new PackageSumComputing(sum);
        computing.Append(content);
        return computing.IsRight();
    }

    /// <summary>Whether all that a stream still holds has the digest.</summary>
    public static bool Matches(string sum, Stream content, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        using var computing = new PackageSumComputing(sum);
        var buffer = new byte[BufferSize];
        int read;
        while ((read = content.Read(buffer)) > 0)
        {
            token.ThrowIfCancellationRequested();
            computing.Append(buffer.AsSpan(0, read));
        }

        return computing.IsRight();
    }

    internal static (int Kind, string Digest) Split(string sum)
    {
        var dollar = sum.IndexOf('$', StringComparison.Ordinal);
        return dollar < 0 ? (1, sum)
            : dollar == 1 && char.IsAsciiDigit(sum[0]) ? (sum[0] - '0', sum[2..])
            : (-1, sum);
    }

    /// <summary>pkg's own order of bits: the lowest five of the first byte come first.</summary>
    internal static string EncodeBase32(ReadOnlySpan<byte> bytes)
    {
        var text = new char[((bytes.Length * 8) + 4) / 5];
        for (var index = 0; index < text.Length; index++)
        {
            var bit = index * 5;
            var pair = bytes[bit / 8] | (bit / 8 + 1 < bytes.Length ? bytes[bit / 8 + 1] << 8 : 0);
            text[index] = ZBase32[(pair >> (bit % 8)) & 0x1F];
        }

        return new string(text);
    }
}

/// <summary>The digest of bytes that come in pieces, in the kind of the one that is expected.</summary>
internal sealed class PackageSumComputing : IDisposable
{
    private readonly int kind;
    private readonly string expected;
    private readonly IncrementalHash? sha256;
    private readonly IDigest? blake;

    /// <exception cref="ArchiveException">The expected digest is of a kind that is not known.</exception>
    public PackageSumComputing(string expected)
    {
        if (!PackageSum.IsKnown(expected))
        {
            throw new ArchiveException(
                $"\"{PackageNames.Shown(expected)}\" is no digest of a kind that pkg writes"
            );
        }

        (kind, this.expected) = PackageSum.Split(expected);
        sha256 = kind is 0 or 1 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        blake = kind switch
        {
            2 => new Blake2bDigest(512),
            5 => new Blake2sDigest(256),
            _ => null,
        };
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        sha256?.AppendData(bytes);
        blake?.BlockUpdate(bytes);
    }

    /// <summary>What was found, spelled like the expected digest.</summary>
    public string Finish()
    {
        byte[] digest;
        if (blake is not null)
        {
            digest = new byte[blake.GetDigestSize()];
            _ = blake.DoFinal(digest, 0);
        }
        else
        {
            digest = sha256!.GetHashAndReset();
        }

        return kind == 1 ? Convert.ToHexStringLower(digest) : PackageSum.EncodeBase32(digest);
    }

    public bool IsRight() => string.Equals(Finish(), expected, StringComparison.Ordinal);

    public void Dispose() => sha256?.Dispose();
}
