using System.Buffers.Binary;
using System.Text;
using Appliance.Model.Values;

namespace Appliance.Model.Tests.Values;

public class SshPublicKeyTests
{
    [Fact]
    public void Keys_of_all_usual_types_are_read()
    {
        string[] keys =
        [
            Samples.Key,
            Line("ssh-ed25519", new byte[32]),
            Line("ssh-rsa", [1, 0, 1], Modulus(2048)),
            Line("ssh-rsa", [1, 0, 1], [0, .. Modulus(4096)]),
            Line("ecdsa-sha2-nistp256", "nistp256"u8.ToArray(), new byte[65]),
            Line("sk-ssh-ed25519@openssh.com", new byte[32], "ssh:"u8.ToArray()),
            Line(
                "sk-ecdsa-sha2-nistp256@openssh.com",
                "nistp256"u8.ToArray(),
                new byte[65],
                "ssh:"u8.ToArray()
            ),
        ];
        Assert.All(keys, key => ValueTests.AssertReads<SshPublicKey>(key, key));
    }

    [Fact]
    public void The_comment_may_have_spaces_and_may_be_missing()
    {
        Assert.True(SshPublicKey.TryParse(Samples.Key + " on  call", out var key, out _));
        Assert.Equal("ops on  call", key.Comment);
        ValueTests.AssertReads<SshPublicKey>(
            Line("ssh-ed25519", new byte[32]),
            Line("ssh-ed25519", new byte[32])
        );
    }

    [Fact]
    public void Damaged_weak_and_foreign_keys_are_refused()
    {
        string[] keys =
        [
            "",
            "ssh-ed25519",
            Samples.Key[..40],
            Samples.Key.Replace("ICEi", "ICE", StringComparison.Ordinal),
            Samples.Key.Replace("ssh-ed25519 ", "ssh-rsa ", StringComparison.Ordinal),
            "from=\"192.0.2.1\" " + Samples.Key,
            Samples.Key + "\nssh-ed25519 second",
            Line("ssh-dss", new byte[32]),
            Line("ssh-ed25519", new byte[31]),
            Line("ssh-ed25519", new byte[32], new byte[32]),
            Line("ssh-rsa", [1, 0, 1], Modulus(1024)),
            Line("ssh-rsa", [1, 0, 1]),
            "-----BEGIN OPENSSH PRIVATE KEY-----",
        ];
        Assert.All(keys, ValueTests.AssertRefuses<SshPublicKey>);
    }

    private static byte[] Modulus(int bits)
    {
        var modulus = new byte[bits / 8];
        modulus[0] = 0x80;
        return modulus;
    }

    private static string Line(string type, params byte[][] fields)
    {
        var blob = new List<byte>();
        foreach (var field in fields.Prepend(Encoding.ASCII.GetBytes(type)))
        {
            var length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
            blob.AddRange([.. length, .. field]);
        }

        return $"{type} {Convert.ToBase64String([.. blob])}";
    }
}
