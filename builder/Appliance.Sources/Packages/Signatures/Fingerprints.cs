using Appliance.Sources.Archives;
using Appliance.Sources.Files;
using Appliance.Sources.Packages.Repositories;
using Appliance.Sources.Sets;
using Appliance.Sources.Store;

namespace Appliance.Sources.Packages.Signatures;

/// <summary>
/// Reads trusted and revoked fingerprints: a folder with <c>trusted</c> and <c>revoked</c> in it, each with small files of
/// <c>function</c> and <c>fingerprint</c>. Source: pkg_repo_load_fingerprints of libpkg/pkg_repo.c of pkg(8).
/// </summary>
public static class Fingerprints
{
    /// <summary>Where the base system keeps those of the package repositories.</summary>
    public const string PackageKeys = "usr/share/keys/pkg";

    private const int MaximumBytes = 64 * 1024;

    /// <summary>Where the base system keeps those of the repositories of its own packages.</summary>
    /// <param name="majorVersion">The major version of the release, e.g. 15.</param>
    public static string BaseKeys(int majorVersion) => $"usr/share/keys/pkgbase-{majorVersion}";

    /// <summary>Reads a folder on this machine.</summary>
    /// <exception cref="SourceException">There is no trusted fingerprint, or a file is none.</exception>
    public static FingerprintPolicy FromDirectory(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return Create(directory, folder => Files(Path.Combine(directory, folder)));
    }

    /// <summary>Reads a folder of a decoded set: the trust of the release itself.</summary>
    /// <param name="layer">The decoded set, base.</param>
    /// <param name="directory">The folder, relative to the root, e.g. <see cref="PackageKeys"/>.</param>
    /// <exception cref="SourceException">There is no trusted fingerprint, or a file is none.</exception>
    public static FingerprintPolicy FromLayer(Layer layer, string directory = PackageKeys)
    {
        ArgumentNullException.ThrowIfNull(layer);
        using var payload = layer.Open();
        return Create(
            $"/{directory} of the set {layer.Name}",
            folder => Files(layer, payload, $"{directory}/{folder}/")
        );
    }

    /// <summary>What either trusts is trusted, and what either revoked is not.</summary>
    public static FingerprintPolicy Union(FingerprintPolicy first, FingerprintPolicy second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return new FingerprintPolicy(
            first.Trusted.Union(second.Trusted).ToHashSet(StringComparer.Ordinal),
            first.Revoked.Union(second.Revoked).ToHashSet(StringComparer.Ordinal),
            $"{first.Origin} and {second.Origin}"
        );
    }

    private static FingerprintPolicy Create(
        string origin,
        Func<string, IEnumerable<(string Name, byte[] Content)>> files
    )
    {
        var trusted = Read(origin, "trusted", files);
        return trusted.Count > 0
            ? new FingerprintPolicy(trusted, Read(origin, "revoked", files), origin)
            : throw new SourceException(
                SourceFailure.Untrusted,
                $"{origin}: there is no trusted fingerprint. Name a folder that has them in trusted/"
            );
    }

    private static HashSet<string> Read(
        string origin,
        string folder,
        Func<string, IEnumerable<(string Name, byte[] Content)>> files
    )
    {
        var fingerprints = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, content) in files(folder))
        {
            try
            {
                fingerprints.Add(Parse(content));
            }
            catch (ArchiveException exception)
            {
                throw new SourceException(
                    SourceFailure.Malformed,
                    $"{origin}, {folder}/{name}: {exception.Message}. A fingerprint has two lines: "
                        + "function: \"sha256\" and fingerprint: with 64 hexadecimal digits",
                    exception
                );
            }
        }

        return fingerprints;
    }

    private static string Parse(byte[] content)
    {
        if (content.Length > MaximumBytes)
        {
            throw new ArchiveException("it is too large for a fingerprint");
        }

        var top = UclReader.Read(content);
        if (!"sha256".Equals(top.Find("function"), StringComparison.OrdinalIgnoreCase))
        {
            throw new ArchiveException("its function is not sha256");
        }

        return top.Find("fingerprint") is { } fingerprint && SetNames.IsSha256(fingerprint)
            ? fingerprint
            : throw new ArchiveException("it has no fingerprint");
    }

    private static List<(string Name, byte[] Content)> Files(string directory) =>
        StorageErrors.Guard(
            directory,
            () =>
                !Directory.Exists(directory)
                    ? []
                    : Directory
                        .EnumerateFiles(directory)
                        .Order(StringComparer.Ordinal)
                        .Select(path => (Path.GetFileName(path), File.ReadAllBytes(path)))
                        .ToList()
        );

    private static IEnumerable<(string Name, byte[] Content)> Files(
        Layer layer,
        LayerPayload payload,
        string prefix
    )
    {
        foreach (var entry in layer.Entries)
        {
            if (
                entry.Kind == LayerEntryKind.File
                && entry.Path.StartsWith(prefix, StringComparison.Ordinal)
                && !entry.Path.AsSpan(prefix.Length).Contains('/')
            )
            {
                var content = new byte[Math.Min(entry.Length, MaximumBytes + 1)];
                _ = payload.Read(entry, 0, content);
                yield return (entry.Path[prefix.Length..], content);
            }
        }
    }
}
