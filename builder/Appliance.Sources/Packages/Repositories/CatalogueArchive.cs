using System.Security.Cryptography;
using Appliance.Sources.Archives;
using Appliance.Sources.Archives.Tar;
using Appliance.Sources.Packages.Signatures;
using Microsoft.Win32.SafeHandles;
using Org.BouncyCastle.Crypto.Digests;

namespace Appliance.Sources.Packages.Repositories;

/// <summary>
/// Reads an archive with a catalogue in it and its signatures, in one go and without anything on the disk. What was read
/// is handed out only if the signature is right. Source: libpkg/pkg_repo.c of pkg(8), which has the same limits on
/// signatures.
/// </summary>
internal sealed class CatalogueArchive(
    SafeFileHandle file,
    string member,
    RepositoryLimits limits,
    SignaturePolicy policy,
    IReadOnlyDictionary<string, string> keys
)
{
    private const int MaximumSignatures = 8;
    private const int MaximumSignatureBytes = 1 << 20;
    private const int MaximumMembers = 64;
    private readonly CatalogueSignatures signatures = new(policy, keys);
    private SignedContent? content;

    /// <summary>Reads the member by <paramref name="read"/> and verifies it.</summary>
    /// <exception cref="ArchiveException">The archive is damaged, or has no such member.</exception>
    /// <exception cref="SourceException">It is not signed as the policy demands; its message lacks the name of the archive.</exception>
    public T Read<T>(Func<Stream, T> read, CancellationToken token)
        where T : class
    {
        using var unpacked = new ReadAheadStream(Compression.Open(file, limits.CatalogueBytes));
        var window = new StreamWindow(unpacked);
        var tar = new TarReader(window, new TarLimits(MaximumMembers, limits.CatalogueBytes));
        T? result = null;
        foreach (var entry in tar.Entries(token))
        {
            if (entry.Path == member)
            {
                result =
                    result is null && entry.Kind == TarEntryKind.File && entry.Extents is null
                        ? ReadMember(window, entry, read)
                        : throw new ArchiveException($"{member} is there twice, or is no file");
            }
            else if (signatures.Wants(entry.Path))
            {
                signatures.Add(entry.Path, ReadSignature(window, entry));
            }
        }

        if (result is null || content is null)
        {
            throw new ArchiveException($"it has no {member} in it");
        }

        signatures.Verify(content);
        return result;
    }

    private T ReadMember<T>(StreamWindow window, TarEntry entry, Func<Stream, T> read)
    {
        using var member = new MemberStream(window, entry, signatures.NeedsBlake2b);
        var result = read(member);
        content = member.Finish();
        return result;
    }

    private byte[] ReadSignature(StreamWindow window, TarEntry entry)
    {
        if (signatures.Count >= MaximumSignatures)
        {
            throw new ArchiveException($"it has more than {MaximumSignatures} signatures and keys");
        }

        return entry.Length > 0
            ? window.Bytes(entry.ContentOffset, entry.Length, MaximumSignatureBytes, entry.Path)
            : throw new ArchiveException($"{entry.Path} is empty");
    }

    /// <summary>The content of the member; its digests are computed on the way.</summary>
    private sealed class MemberStream(StreamWindow window, TarEntry entry, bool withBlake2b)
        : ForwardStream
    {
        private readonly IncrementalHash sha256 = IncrementalHash.CreateHash(
            HashAlgorithmName.SHA256
        );

        private readonly Blake2bDigest? blake2b = withBlake2b ? new Blake2bDigest(512) : null;
        private long done;

        public override int Read(byte[] buffer, int offset, int count) =>
            Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var wanted = (int)Math.Min(buffer.Length, entry.Length - done);
            var read = window.Read(entry.ContentOffset + done, buffer[..wanted]);
            sha256.AppendData(buffer[..read]);
            blake2b?.BlockUpdate(buffer[..read]);
            done += read;
            return read;
        }

        /// <summary>Reads what was left and returns the digests.</summary>
        public SignedContent Finish()
        {
            var rest = new byte[64 * 1024];
            while (Read(rest) > 0) { }

            var digits = Convert.ToHexStringLower(sha256.GetHashAndReset());
            byte[]? digest = null;
            if (blake2b is not null)
            {
                digest = new byte[blake2b.GetDigestSize()];
                _ = blake2b.DoFinal(digest, 0);
            }

            return new SignedContent(System.Text.Encoding.ASCII.GetBytes(digits), digest);
        }

        protected override void Dispose(bool disposing)
        {
            sha256.Dispose();
            base.Dispose(disposing);
        }
    }
}
