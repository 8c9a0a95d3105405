namespace Appliance.Sources.Packages.Signatures;

/// <summary>
/// What a signature is about: digests of a catalogue. Which of them is signed is a matter of history, see
/// <see cref="SignatureCheck"/>.
/// </summary>
/// <param name="Sha256Digits">SHA-256 as the 64 bytes of its lowercase hexadecimal digits.</param>
/// <param name="Blake2b">BLAKE2b-512: 64 bytes; null where nobody needs it.</param>
internal sealed record SignedContent(
    ReadOnlyMemory<byte> Sha256Digits,
    ReadOnlyMemory<byte>? Blake2b
);

/// <summary>A signature, or a key, as it stands in an archive: its kind in front of its bytes.</summary>
/// <param name="Kind">The signer that pkg calls so: rsa, ecc, eddsa or ecdsa.</param>
/// <param name="Bytes">The signature or the key itself.</param>
internal sealed record SignatureBytes(string Kind, ReadOnlyMemory<byte> Bytes)
{
    private const string DefaultKind = "rsa";
    private const int LongestKind = 16;

    private static ReadOnlySpan<byte> Head => "$PKGSIGN:"u8;

    /// <summary><c>$PKGSIGN:KIND$</c> and the bytes; without that head it is RSA, as it always was.</summary>
    public static SignatureBytes Parse(byte[] member)
    {
        if (member.AsSpan().StartsWith(Head))
        {
            var rest = member.AsSpan(Head.Length);
            var end = rest.IndexOf((byte)'$');
            if (end is > 0 and <= LongestKind)
            {
                return new SignatureBytes(
                    System.Text.Encoding.Latin1.GetString(rest[..end]),
                    member.AsMemory(Head.Length + end + 1)
                );
            }
        }

        return new SignatureBytes(DefaultKind, member);
    }
}
