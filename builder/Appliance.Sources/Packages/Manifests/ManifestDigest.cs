using System.Text;
using Org.BouncyCastle.Crypto.Digests;

namespace Appliance.Sources.Packages.Manifests;

/// <summary>
/// The digest by which pkg tells whether two packages of one version are the same build: BLAKE2b over what matters of the
/// manifest, ordered. Source: pkg_checksum_generate of libpkg/pkg_checksum.c, as pkg calls it for repositories.
/// </summary>
public static class ManifestDigest
{
    /// <summary>Version of the procedure, and number of BLAKE2b in z-base-32.</summary>
    private const string Kind = "2$2$";

    private const int Bits = 512;

    /// <summary>The digest as pkg writes it into its databases, "2$2$…". Files and scripts do not count.</summary>
    public static string Of(PackageManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var digest = new Blake2bDigest(Bits);
        foreach (
            var (key, value) in Fields(manifest)
                .OrderBy(field => field.Key, StringComparer.Ordinal)
                .ThenBy(field => field.Value, StringComparer.Ordinal)
        )
        {
            digest.BlockUpdate(Encoding.UTF8.GetBytes(key));
            digest.BlockUpdate(Encoding.UTF8.GetBytes(value));
        }

        var bytes = new byte[digest.GetDigestSize()];
        _ = digest.DoFinal(bytes, 0);
        return Kind + PackageSum.EncodeBase32(bytes);
    }

    private static IEnumerable<(string Key, string Value)> Fields(PackageManifest manifest) =>
        [
            ("name", manifest.Name),
            ("origin", manifest.Origin),
            ("version", manifest.Version),
            ("arch", manifest.Arch),
            ("vital", manifest.IsVital ? "1" : "0"),
            .. manifest.Options.Select(option => (option.Key, option.Value)),
            .. manifest.SharedLibrariesRequired.Select(name => ("required_shlib", name)),
            .. manifest.SharedLibrariesProvided.Select(name => ("provided_shlib", name)),
            .. manifest.Users.Select(name => ("user", name)),
            .. manifest.Groups.Select(name => ("group", name)),
            .. manifest.Dependencies.Select(needed => ("depend", $"{needed.Name}~{needed.Origin}")),
            .. manifest.Provides.Select(name => ("provide", name)),
            .. manifest.Requires.Select(name => ("require", name)),
        ];
}
