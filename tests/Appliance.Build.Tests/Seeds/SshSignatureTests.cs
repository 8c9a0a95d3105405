using System.Text;
using Appliance.Build.Seeds;

namespace Appliance.Build.Tests.Seeds;

/// <summary>A signature as ssh-keygen -Y sign writes it, and whatever else a file may hold.</summary>
public class SshSignatureTests
{
    private const string Begin = "-----BEGIN SSH SIGNATURE-----\n";
    private const string End = "-----END SSH SIGNATURE-----\n";

    [Fact]
    public void The_key_and_the_purpose_are_read()
    {
        var read = SshSignature.TryRead(Armored(Blob("key", "appliance-site")));
        Assert.Equal(new SshSignature(Convert.ToBase64String("key"u8), "appliance-site"), read);
    }

    [Fact]
    public void Whatever_a_file_holds_it_is_read_or_refused_and_never_fails()
    {
        var random = new Random(20261201);
        var good = Armored(Blob("key", "appliance-site"));
        for (var round = 0; round < 5000; round++)
        {
            var bytes = Encoding.ASCII.GetBytes(good);
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            SshSignature.TryRead(Encoding.Latin1.GetString(bytes[..random.Next(bytes.Length + 1)]));
            var blob = Blob("key", "appliance-site");
            blob[random.Next(blob.Length)] = (byte)random.Next(256);
            SshSignature.TryRead(Armored(blob[..random.Next(blob.Length + 1)]));
        }

        Assert.Null(SshSignature.TryRead(""));
        Assert.Null(SshSignature.TryRead(Begin + End));
    }

    private static string Armored(byte[] blob) => $"{Begin}{Convert.ToBase64String(blob)}\n{End}";

    private static byte[] Blob(string key, string purpose) =>
        [
            .. "SSHSIG"u8,
            .. new byte[] { 0, 0, 0, 1 },
            .. new byte[] { 0, 0, 0, (byte)key.Length },
            .. Encoding.ASCII.GetBytes(key),
            .. new byte[] { 0, 0, 0, (byte)purpose.Length },
            .. Encoding.ASCII.GetBytes(purpose),
        ];
}
