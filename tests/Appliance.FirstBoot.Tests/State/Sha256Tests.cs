using System.Security.Cryptography;
using System.Text;
using Appliance.FirstBoot.State;

namespace Appliance.FirstBoot.Tests.State;

public class Sha256Tests
{
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    )]
    public void The_vectors_of_FIPS_180_4_come_out(string text, string expected)
    {
        Assert.Equal(expected, Sha256.Hex(Encoding.ASCII.GetBytes(text)));
    }

    [Fact]
    public void Every_length_around_the_blocks_agrees_with_the_library()
    {
        var data = new byte[300];
        new Random(7).NextBytes(data);
        for (var length = 0; length <= data.Length; length++)
        {
            var part = data.AsSpan(0, length);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(part)), Sha256.Hex(part));
        }
    }
}
