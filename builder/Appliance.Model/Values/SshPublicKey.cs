using System.Buffers.Binary;
using System.Text;
using Appliance.Model.Reports;

namespace Appliance.Model.Values;

/// <summary>
/// A line of authorized_keys (sshd(8)): type, base64 and an optional comment. The inner type must agree
/// with the outer one (RFC 4253, section 6.6), RSA keys have at least 2048 bits, options are not allowed.
/// </summary>
public readonly record struct SshPublicKey : IParsedValue<SshPublicKey>
{
    private const int MinimumRsaBits = 2048;

    private static readonly string[] Types =
    [
        "ssh-ed25519",
        "ecdsa-sha2-nistp256",
        "ecdsa-sha2-nistp384",
        "ecdsa-sha2-nistp521",
        "ssh-rsa",
        "sk-ssh-ed25519@openssh.com",
        "sk-ecdsa-sha2-nistp256@openssh.com",
    ];

    private SshPublicKey(string type, string base64, string comment)
    {
        Type = type;
        Base64 = base64;
        Comment = comment;
    }

    public static FindingKind Malformed => FindingCatalogue.NotAnSshKey;

    public string Type { get; }

    public string Base64 { get; }

    public string Comment { get; }

    public static bool TryParse(string text, out SshPublicKey value, out string reason)
    {
        value = default;
        if (text.Any(char.IsControl))
        {
            reason = "is not one line; a public key is";
            return false;
        }

        var parts = text.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
        reason = ReasonAgainst(parts);
        if (reason.Length == 0)
        {
            value = new SshPublicKey(parts[0], parts[1], parts.Length == 3 ? parts[2].Trim() : "");
        }

        return reason.Length == 0;
    }

    public override string ToString() =>
        Comment.Length == 0 ? $"{Type} {Base64}" : $"{Type} {Base64} {Comment}";

    private static string ReasonAgainst(string[] parts)
    {
        if (parts.Length == 0 || !Types.Contains(parts[0]))
        {
            return parts is ["ssh-dss", ..]
                ? "is a DSA key, which sshd no longer accepts"
                : "is not an SSH public key: it begins with its type, such as ssh-ed25519";
        }

        var blob = new byte[parts.Length > 1 ? parts[1].Length : 0];
        if (
            parts.Length < 2
            || !Convert.TryFromBase64String(parts[1], blob, out var length)
            || !TryReadFields(blob.AsSpan(0, length), out var fields)
        )
        {
            return "is not an SSH public key: the part after the type is damaged or cut off";
        }

        if (Encoding.ASCII.GetString(fields[0]) != parts[0])
        {
            return "is not an SSH public key: the type it begins with is not the one inside";
        }

        return ReasonAgainstFields(parts[0], fields);
    }

    // ed25519: type, 32 bytes. RSA: type, e, n. ECDSA: type, curve, point. sk-…: one more, the application.
    private static string ReasonAgainstFields(string type, List<byte[]> fields)
    {
        var expected =
            2
            + (type.Contains("ed25519", StringComparison.Ordinal) ? 0 : 1)
            + (type.StartsWith("sk-", StringComparison.Ordinal) ? 1 : 0);
        if (fields.Count != expected || (type == "ssh-ed25519" && fields[1].Length != 32))
        {
            return "is not an SSH public key: the part after the type is damaged or cut off";
        }

        return
            type == "ssh-rsa" && fields[2].AsSpan().TrimStart((byte)0).Length * 8 < MinimumRsaBits
            ? $"is an RSA key of less than {MinimumRsaBits} bits"
            : "";
    }

    private static bool TryReadFields(ReadOnlySpan<byte> blob, out List<byte[]> fields)
    {
        fields = [];
        while (blob.Length >= 4)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(blob);
            if (length == 0 || length > blob.Length - 4)
            {
                return false;
            }

            fields.Add(blob.Slice(4, (int)length).ToArray());
            blob = blob[(4 + (int)length)..];
        }

        return blob.IsEmpty && fields.Count > 0;
    }
}
