using System.Text;
using Appliance.Sources.Sets;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Sets;

public class ManifestTests
{
    private const string Digest =
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static readonly string Good =
        $"base-dbg.txz\t{Digest}\t2\tbase_dbg\t\"Base system debug info\"\toff\n"
        + $"base.txz\t{Digest}\t30000\tbase\t\"Base system (MANDATORY)\"\ton\n";

    [Fact]
    public void The_release_s_own_format_is_read()
    {
        var manifest = Manifest.Parse(Bytes.Of(Good), "MANIFEST");
        Assert.Equal(["base-dbg", "base"], manifest.Entries.Select(entry => entry.Name));
        var entry = manifest.Find("base")!;
        Assert.Equal(Digest, entry.Sha256);
        Assert.Equal(30000, entry.FileCount);
        Assert.Equal("Base system (MANDATORY)", entry.Description);
        Assert.Null(manifest.Find("kernel"));
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("\n \n", "it is empty")]
    [InlineData("<!DOCTYPE html><html>", "it is a web page")]
    [InlineData("  \n<html>", "it is a web page")]
    [InlineData("base.txz\tabc\t1\tbase\t\"x\"\ton\n", "MANIFEST:1: the digest of base.txz")]
    [InlineData("base.txz " + Digest + " 1 base x on\n", "MANIFEST:1: a line has 1 fields")]
    [InlineData(
        "\n../base.txz\t" + Digest + "\t1\tb\t\"x\"\ton\n",
        "MANIFEST:2: \"../base.txz\" is no"
    )]
    [InlineData("base.zip\t" + Digest + "\t1\tb\t\"x\"\ton\n", "\"base.zip\" is no name of a set")]
    [InlineData(
        "base.txz\t" + Digest + "\tmany\tb\t\"x\"\ton\n",
        "number of files of base.txz is \"many\""
    )]
    public void What_is_no_MANIFEST_is_named_with_its_line(string text, string expected)
    {
        var exception = Assert.Throws<SourceException>(() =>
            Manifest.Parse(Bytes.Of(text), "MANIFEST")
        );
        Assert.Equal(SourceFailure.Malformed, exception.Failure);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_that_is_there_twice_and_a_file_too_large_are_refused()
    {
        var twice = Assert.Throws<SourceException>(() =>
            Manifest.Parse(Bytes.Of(Good + Good), "MANIFEST")
        );
        Assert.Contains("is there twice", twice.Message, StringComparison.Ordinal);
        var large = Assert.Throws<SourceException>(() =>
            Manifest.Parse(new byte[Manifest.MaximumBytes + 1], "MANIFEST")
        );
        Assert.Contains("too many for a MANIFEST", large.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_bytes_are_read_or_refused_and_nothing_else()
    {
        var random = new Random(1);
        var refused = 0;
        for (var round = 0; round < 3000; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(Good);
            for (var change = random.Next(1, 5); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                var manifest = Manifest.Parse(
                    bytes.AsSpan(0, random.Next(bytes.Length)),
                    "MANIFEST"
                );
                Assert.All(manifest.Entries, entry => Assert.Equal(64, entry.Sha256.Length));
            }
            catch (SourceException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1000, 2999);
    }
}
