using Appliance.Model.Profiles;
using Appliance.Sources.Packages.Signatures;
using Appliance.Sources.Sets;
using Appliance.Sources.Store;

namespace Appliance.Cli.Locations;

/// <summary>Reads the keys by which repositories are trusted.</summary>
/// <param name="profile">The profile, beside which its own keys lie.</param>
/// <param name="baseSet">The decoded base set, whose keys absolute paths name; null where the base is made of packages.</param>
/// <param name="shippedKeys">The folder of keys that came with the program, for that case.</param>
/// <param name="cache">Where the operator may have put keys for a repository that was brought.</param>
/// <param name="warn">Told when keys are trusted that no profile names.</param>
internal sealed class RepositoryTrustReader(
    LocatedProfile profile,
    Layer? baseSet,
    string shippedKeys,
    CacheLocation cache,
    Action<string> warn
)
{
    private const int LargestKey = 64 * 1024;

    /// <summary>How a repository is to prove itself.</summary>
    /// <exception cref="Sources.SourceException">There are no such keys.</exception>
    /// <exception cref="MissingInputException">A file of the profile cannot be read.</exception>
    public SignaturePolicy Read(ProfileRepository repository)
    {
        var named = Named(repository);
        var brought = cache.FingerprintsDirectory(repository.Name);
        if (named is not FingerprintPolicy fingerprints || !Directory.Exists(brought))
        {
            return named;
        }

        warn(
            $"warning: the repository {repository.Name} may be signed with the keys in {brought}, too"
        );
        return Fingerprints.Union(fingerprints, Fingerprints.FromDirectory(brought));
    }

    private SignaturePolicy Named(ProfileRepository named)
    {
        var repository = named.Keys is { } place
            ? named with
            {
                Keys = new(
                    place.Value.Replace(
                        "${VERSION_MAJOR}",
                        profile.Profile.Release.Value.Split('.')[0],
                        StringComparison.Ordinal
                    ),
                    place.At
                ),
            }
            : named;
        return repository switch
        {
            { Trust: RepositoryTrust.None } => SignaturePolicy.UnsignedIAcceptAnything,
            { Trust: RepositoryTrust.PublicKey, Keys.Value: var key } => new PublicKeyPolicy(
                ReadKey(key),
                key
            ),
            { Keys.Value: var folder } when IsOfTarget(folder) && baseSet is not null =>
                Fingerprints.FromLayer(baseSet, folder.Trim('/')),
            { Keys.Value: var folder } => Fingerprints.FromDirectory(OnThisMachine(folder)),
            _ => throw new ArgumentException("a repository without keys", nameof(named)),
        };
    }

    private static bool IsOfTarget(string path) => path.StartsWith('/');

    private string OnThisMachine(string path)
    {
        if (!IsOfTarget(path))
        {
            return Path.Combine(Path.GetDirectoryName(profile.Path)!, path);
        }

        // A folder of one's own profiles need not have a copy of FreeBSD's keys.
        var name = path[(path.LastIndexOf('/') + 1)..];
        var own = Path.Combine(shippedKeys, name);
        return Path.Exists(own) ? own : Path.Combine(ProductFiles.ShippedKeys, name);
    }

    private byte[] ReadKey(string path)
    {
        if (IsOfTarget(path) && baseSet is not null)
        {
            using var payload = baseSet.Open();
            var entry = baseSet.Entries.FirstOrDefault(entry => entry.Path == path[1..]);
            if (entry is not { Kind: LayerEntryKind.File, Length: <= LargestKey })
            {
                throw new MissingInputException($"the set {baseSet.Name} has no key {path}");
            }

            var bytes = new byte[entry.Length];
            _ = payload.Read(entry, 0, bytes);
            return bytes;
        }

        try
        {
            return File.ReadAllBytes(OnThisMachine(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MissingInputException(
                $"the key {OnThisMachine(path)} cannot be read: {exception.Message}",
                exception
            );
        }
    }
}
