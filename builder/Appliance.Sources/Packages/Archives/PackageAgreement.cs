using System.Text;
using Appliance.Sources.Archives;
using Appliance.Sources.Packages.Manifests;
using Appliance.Sources.Packages.Resolution;
using Appliance.Sources.Store;

namespace Appliance.Sources.Packages.Archives;

/// <summary>Compares a package with what its repository and its own manifest say.</summary>
internal static class PackageAgreement
{
    private const int BufferSize = 256 * 1024;

    /// <exception cref="ArchiveException">It is another package than the repository or the lock says.</exception>
    public static void CheckIdentity(ResolvedPackage package, PackageManifest manifest)
    {
        CheckSame("name", package.Name, manifest.Name);
        CheckSame("version", package.Version, manifest.Version);
        CheckSame("origin", package.Origin, manifest.Origin);
        CheckSame("abi", package.Abi, manifest.Abi);
    }

    /// <summary>
    /// Every file of the archive is in the manifest and every file of the manifest in the archive, with the right digest.
    /// A directory that the manifest does not know is nothing that pkg would make, and no reason to refuse.
    /// </summary>
    /// <exception cref="ArchiveException">They disagree.</exception>
    public static void CheckContent(
        PackageManifest manifest,
        IReadOnlyList<LayerEntry> entries,
        LayerPayload payload
    )
    {
        var content = entries
            .Where(entry =>
                entry.Kind != LayerEntryKind.Directory && !PackageEntries.IsDocument(entry.Path)
            )
            .ToDictionary(entry => entry.Path, StringComparer.Ordinal);
        var buffer = new byte[BufferSize];
        foreach (var file in manifest.Files)
        {
            if (!content.TryGetValue(file.Path.TrimStart('/'), out var entry))
            {
                throw new ArchiveException(
                    $"{file.Path}: its manifest has this file, its archive does not"
                );
            }

            var isHardLink = entry.Kind == LayerEntryKind.HardLink;
            CheckFile(file, isHardLink ? content[entry.LinkTarget] : entry, payload, buffer);
        }

        var known = manifest.Files.Select(file => file.Path.TrimStart('/')).ToHashSet();
        var unknown = content.Keys.Where(path => !known.Contains(path));
        if (unknown.Order(StringComparer.Ordinal).FirstOrDefault() is { } path)
        {
            throw new ArchiveException(
                $"/{path}: its archive has this file, its manifest does not"
            );
        }
    }

    private static void CheckFile(
        PackageFile file,
        LayerEntry entry,
        LayerPayload payload,
        byte[] buffer
    )
    {
        if (file.SymbolicLinkTarget is { } target && target != entry.LinkTarget)
        {
            throw new ArchiveException(
                $"{file.Path}: its manifest has a link to {target} here, its archive has another thing"
            );
        }

        if (file.Sum is { } sum && !HasSum(sum, entry, payload, buffer))
        {
            throw new ArchiveException(
                $"{file.Path}: its content does not have the digest {PackageNames.Shown(sum)} of the manifest"
            );
        }
    }

    private static bool HasSum(string sum, LayerEntry entry, LayerPayload payload, byte[] buffer)
    {
        if (entry.Kind == LayerEntryKind.SymbolicLink)
        {
            return PackageSum.Matches(sum, LinkBytes(entry.LinkTarget));
        }

        if (PackageSum.Split(sum) is (1, var digest) && PackageSum.IsKnown(sum))
        {
            return digest == Convert.ToHexStringLower(entry.Sha256.Span);
        }

        using var computing = new PackageSumComputing(sum);
        for (long position = 0; position < entry.Length; )
        {
            var read = payload.Read(entry, position, buffer);
            computing.Append(buffer.AsSpan(0, read));
            position += read;
        }

        return computing.IsRight();
    }

    /// <summary>
    /// pkg's digest of a link: of its target without leading slashes, but with as many bytes as with them; the final zero
    /// of the C string fills in. Source: pkg_checksum_symlink_readlink of libpkg/pkg_checksum.c.
    /// </summary>
    private static byte[] LinkBytes(string target)
    {
        var bytes = Encoding.UTF8.GetBytes(target.TrimStart('/'));
        var slashes = target.Length - target.TrimStart('/').Length;
        return [.. bytes, .. new byte[slashes]];
    }

    private static void CheckSame(string what, string expected, string found)
    {
        if (!string.Equals(expected, found, StringComparison.Ordinal))
        {
            throw new ArchiveException(
                $"its repository or lock has the {what} {PackageNames.Shown(expected)}, its own manifest {PackageNames.Shown(found)}"
            );
        }
    }
}
