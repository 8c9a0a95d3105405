using System.Text;
using Appliance.Sources.Packages;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Packages;

public class PackageSumTests
{
    [Fact]
    public void A_digest_without_a_kind_and_kind_1_are_sha256_in_hexadecimal_digits()
    {
        var sha256 = Bytes.Sha256(Bytes.Of("abc"));
        Assert.True(PackageSum.Matches(sha256, "abc"u8));
        Assert.True(PackageSum.Matches("1$" + sha256, "abc"u8));
        Assert.False(PackageSum.Matches("1$" + sha256, "abd"u8));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1$")]
    [InlineData("3$abc")]
    [InlineData("12$abc")]
    [InlineData("1$ABCDEF")]
    [InlineData("2$yy")]
    public void A_digest_of_another_kind_is_known_to_be_none(string sum)
    {
        Assert.False(PackageSum.IsKnown(sum));
    }

    /// <summary>RFC 7693, appendix A, against b2sum of coreutils; z-base-32 is undone here in another way.</summary>
    [Fact]
    public void BLAKE2b_in_z_base_32_is_what_b2sum_computes()
    {
        ForeignTool.RequireAll("b2sum");
        var content = Bytes.Random(7, 100_000);
        var digest = Encoding.ASCII.GetString(ForeignTool.RunOn(content, "b2sum", "-"))[..128];
        var sum = "2$" + PackageSum.EncodeBase32(Convert.FromHexString(digest));
        Assert.Equal(digest, DecodedHex(sum[2..], 64));
        Assert.True(PackageSum.IsKnown(sum));
        Assert.True(PackageSum.Matches(sum, content));
        Assert.True(
            PackageSum.Matches(
                sum,
                new MemoryStream(content),
                TestContext.Current.CancellationToken
            )
        );
        Assert.False(PackageSum.Matches(sum, Bytes.Flip(content, 5)));
    }

    private static string DecodedHex(string text, int count)
    {
        var number = System.Numerics.BigInteger.Zero;
        for (var index = text.Length - 1; index >= 0; index--)
        {
            var digit = "ybndrfg8ejkmcpqxot1uwisza345h769".IndexOf(
                text[index],
                StringComparison.Ordinal
            );
            number = (number << 5) | digit;
        }

        var bytes = number.ToByteArray(isUnsigned: true);
        Array.Resize(ref bytes, count);
        return Convert.ToHexStringLower(bytes);
    }
}
