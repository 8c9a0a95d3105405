using System.Buffers.Binary;
using System.Text;

namespace Appliance.Build.Seeds;

/// <summary>
/// What a signature of ssh-keygen -Y sign says of itself (OpenSSH's PROTOCOL.sshsig): whose key, and for what. Whether it
/// holds is checked by the machine.
/// </summary>
/// <param name="PublicKey">Base64, as behind the type in a .pub file.</param>
/// <param name="Namespace">What the signature is for.</param>
public sealed record SshSignature(string PublicKey, string Namespace)
{
    private const string Begin = "-----BEGIN SSH SIGNATURE-----";
    private const string End = "-----END SSH SIGNATURE-----";

    /// <summary>Null when the text is no such signature.</summary>
    public static SshSignature? TryRead(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = text.ReplaceLineEndings("\n").Trim().Split('\n');
        if (lines is not [Begin, .. var body, End])
        {
            return null;
        }

        var blob = new byte[text.Length];
        if (!Convert.TryFromBase64String(string.Concat(body), blob, out var length))
        {
            return null;
        }

        var rest = blob.AsSpan(0, length);
        return
            rest.StartsWith("SSHSIG"u8)
            && rest.Length > 10
            && Take(rest[10..], out var key, out rest)
            && Take(rest, out var purpose, out _)
            ? new SshSignature(Convert.ToBase64String(key), Encoding.UTF8.GetString(purpose))
            : null;
    }

    /// <summary>A string: its length in four bytes, then itself (RFC 4251, section 5).</summary>
    private static bool Take(Span<byte> from, out Span<byte> item, out Span<byte> rest)
    {
        item = rest = [];
        if (
            from.Length < 4
            || BinaryPrimitives.ReadUInt32BigEndian(from) is var length && length > from.Length - 4
        )
        {
            return false;
        }

        item = from.Slice(4, (int)BinaryPrimitives.ReadUInt32BigEndian(from));
        rest = from[(4 + item.Length)..];
        return true;
    }
}
