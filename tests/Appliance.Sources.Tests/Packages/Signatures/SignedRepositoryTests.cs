using System.Text;
using Appliance.Sources.Packages.Repositories;
using Appliance.Sources.Packages.Signatures;
using Appliance.Sources.Tests.Packages.Support;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Packages.Signatures;

/// <summary>Repositories that the real pkg signed; see Fixtures/make.sh for its commands.</summary>
public sealed class SignedRepositoryTests : RepositoryFixture
{
    [Theory]
    [InlineData("rsa")]
    [InlineData("ecc")]
    [InlineData("eddsa")]
    [InlineData("ecdsa")]
    public async Task A_repository_signed_by_the_known_key_is_read(string kind)
    {
        Assert.Equal(2, await Count(Folder($"pubkey-{kind}"), KnownKey(kind)));
        RemoveData();
        Assert.Equal(2, await Count(directory.File("repository"), KnownKey(kind)));
    }

    [Theory]
    [InlineData("rsa")]
    [InlineData("ecc")]
    [InlineData("eddsa")]
    public async Task A_repository_signed_by_a_trusted_fingerprint_is_read(string kind)
    {
        Assert.Equal(2, await Count(Folder($"fingerprints-{kind}"), Trust(Fingerprint(kind))));
        RemoveData();
        Assert.Equal(2, await Count(directory.File("repository"), Trust(Fingerprint(kind))));
    }

    [Theory]
    [InlineData("rsa", "ecdsa", "no RSA key")]
    [InlineData("ecc", "rsa", "its key is damaged")]
    [InlineData("ecc", "eddsa", "signed by another key")]
    [InlineData("eddsa", "ecdsa", "cannot be made with a key on secp384r1")]
    [InlineData("ecdsa", "eddsa", "cannot be made with a key on WEI25519")]
    public async Task Another_key_than_the_known_one_is_refused(
        string kind,
        string other,
        string reason
    )
    {
        Assert.Contains(reason, await Distrusted(Folder($"pubkey-{kind}"), KnownKey(other)));
    }

    [Fact]
    public async Task An_unknown_fingerprint_is_refused_and_named()
    {
        var message = await Distrusted(Folder("fingerprints-rsa"), Trust(Fingerprint("ecc")));
        Assert.Contains("none of its keys is trusted by the test", message);
        Assert.Contains(Fingerprint("rsa"), message);
        Assert.Contains("the repository latest", message);
        Assert.Contains("data.pkg", message);
    }

    [Fact]
    public async Task A_revoked_fingerprint_is_refused_even_if_it_is_trusted_too()
    {
        var message = await Distrusted(
            Folder("fingerprints-ecc"),
            Trust(Fingerprint("ecc"), revoked: Fingerprint("ecc"))
        );
        Assert.Contains($"the fingerprint {Fingerprint("ecc")} was revoked", message);
    }

    [Theory]
    [InlineData("fingerprints-rsa")]
    [InlineData("pubkey-rsa")]
    [InlineData("pubkey-ecc")]
    [InlineData("pubkey-ecdsa")]
    [InlineData("fingerprints-eddsa")]
    public async Task A_catalogue_changed_after_it_was_signed_is_refused(string repository)
    {
        var kind = repository.Split('-')[1];
        SignaturePolicy policy = repository.StartsWith("pubkey", StringComparison.Ordinal)
            ? KnownKey(kind)
            : Trust(Fingerprint(kind));
        Change(Folder(repository), "misc/tinylib", "misc/tinylob");
        Assert.Contains("changed", await Distrusted(directory.File("repository"), policy));
    }

    [Theory]
    [InlineData("unsigned")]
    [InlineData("pubkey-rsa")]
    public async Task What_is_not_signed_by_a_fingerprint_is_refused_where_one_is_demanded(
        string repository
    )
    {
        Assert.Contains(
            "it is not signed",
            await Distrusted(Folder(repository), Trust(Fingerprint("rsa")))
        );
    }

    [Fact]
    public async Task What_is_not_signed_is_refused_where_a_key_is_demanded_and_read_only_if_that_is_said_aloud()
    {
        Assert.Contains("it is not signed", await Distrusted(Folder("unsigned"), KnownKey("rsa")));
        var resolved = await Resolve(
            Request(
                Local(directory.File("repository"), SignaturePolicy.UnsignedIAcceptAnything),
                "tiny"
            )
        );
        Assert.Equal(
            "the repository latest is not verified: whoever controls it, or the way to it, controls the image",
            Assert.Single(resolved.Warnings)
        );
    }

    [Fact]
    public async Task A_signature_without_its_key_and_a_key_without_its_signature_are_refused()
    {
        Keep(Folder("fingerprints-rsa"), name => name != "data.pub");
        Assert.Contains(
            "data.sig has no key",
            await Distrusted(directory.File("repository"), Trust(Fingerprint("rsa")))
        );
        Keep(Folder("fingerprints-rsa"), name => name != "data.sig");
        Assert.Contains(
            "data.pub has no signature",
            await Distrusted(directory.File("repository"), Trust(Fingerprint("rsa")))
        );
    }

    [Fact]
    public void The_old_form_of_RSA_signatures_is_known_too()
    {
        using var rsa = System.Security.Cryptography.RSA.Create(2048);
        var digits = Encoding.ASCII.GetBytes(Bytes.Sha256(Bytes.Of("catalogue")));
        var key = Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem());
        foreach (var digest in new[] { digits, [.. digits, 0] })
        {
            var signature = SignRaw(rsa, digest);
            var content = new SignedContent(digits, null);
            Assert.True(RsaSignature.IsRightInOldForm(key, signature, digits));
            Assert.True(
                SignatureCheck.IsRightByPublicKey(
                    new SignatureBytes("rsa", signature),
                    key,
                    content
                )
            );
            Assert.False(
                SignatureCheck.IsRightByCertificate(
                    new SignatureBytes("rsa", signature),
                    key,
                    content
                )
            );
            Assert.False(RsaSignature.IsRightInOldForm(key, Bytes.Flip(signature, 99), digits));
            Assert.False(RsaSignature.IsRightInOldForm(key, signature.AsSpan(1), digits));
        }

        Assert.False(
            RsaSignature.IsRightInOldForm(key, SignRaw(rsa, Bytes.Of(new string('0', 64))), digits)
        );
    }

    [Theory]
    [InlineData("rsa")]
    [InlineData("ecc")]
    [InlineData("ecdsa")]
    public void Damaged_keys_and_signatures_are_refused_and_break_nothing(string kind)
    {
        var random = new Random(5);
        var key = File.ReadAllBytes(Key(kind));
        var content = new SignedContent(new byte[64], new byte[64]);
        for (var round = 0; round < 300; round++)
        {
            var spoiled = round % 3 == 0 ? key : Bytes.Flip(key, random.Next(key.Length * 8));
            var signature = new byte[random.Next(80)];
            random.NextBytes(signature);
            try
            {
                Assert.False(
                    SignatureCheck.IsRightByPublicKey(
                        new SignatureBytes(kind, signature),
                        spoiled,
                        content
                    )
                );
            }
            catch (Appliance.Sources.Archives.ArchiveException)
            {
                // Said to be no key.
            }
        }
    }

    /// <summary>The signature as OpenSSL 1 made it: the block by hand, then the private key.</summary>
    private static byte[] SignRaw(System.Security.Cryptography.RSA rsa, byte[] digest)
    {
        byte[] info =
        [
            0x30,
            (byte)(13 + digest.Length),
            0x30,
            9,
            6,
            5,
            0x2B,
            0x0E,
            3,
            2,
            0x1A,
            5,
            0,
            4,
            (byte)digest.Length,
            .. digest,
        ];
        byte[] block = [0, 1, .. Enumerable.Repeat((byte)0xFF, 256 - 3 - info.Length), 0, .. info];
        var key = rsa.ExportParameters(includePrivateParameters: true);
        var number = System.Numerics.BigInteger.ModPow(
            new System.Numerics.BigInteger(block, isUnsigned: true, isBigEndian: true),
            new System.Numerics.BigInteger(key.D, isUnsigned: true, isBigEndian: true),
            new System.Numerics.BigInteger(key.Modulus, isUnsigned: true, isBigEndian: true)
        );
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[256 - bytes.Length], .. bytes];
    }

    private async Task<int> Count(string folder, SignaturePolicy policy)
    {
        var resolved = await Resolve(Request(Local(folder, policy), "tiny"));
        Assert.Empty(resolved.Warnings);
        return resolved.Packages.Count;
    }

    private Task<string> Distrusted(string folder, SignaturePolicy policy) =>
        Refused(SourceFailure.Untrusted, Request(Local(folder, policy), "tiny"));

    private void RemoveData() => File.Delete(directory.File("repository/data.pkg"));

    /// <summary>Changes a word of the catalogue and packs it again, the signatures as they were.</summary>
    private static void Change(string folder, string from, string to) =>
        Repack(
            folder,
            tar =>
            {
                var text = Encoding.Latin1.GetString(tar);
                Assert.Contains(from, text);
                return Encoding.Latin1.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
            }
        );

    /// <summary>Packs the catalogue again with some of its members only.</summary>
    private static void Keep(string folder, Func<string, bool> isKept) =>
        Repack(folder, tar => RepositoryArchives.Keep(tar, isKept));

    private static void Repack(string folder, Func<byte[], byte[]> change)
    {
        var path = Path.Combine(folder, "data.pkg");
        var tar = RepositoryArchives.Unpack(path);
        File.WriteAllBytes(path, PackageBuilder.Zstandard(change(tar)));
    }
}
