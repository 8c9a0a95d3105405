using Appliance.Cli.Verbs;
using Appliance.Model.Profiles;
using Appliance.Model.Releases;
using Appliance.Sources.Sets;

namespace Appliance.Cli.Locations;

/// <summary>Decides whether a base system comes from packages or from release sets, and of which release.</summary>
internal static class BaseChoice
{
    /// <summary>Whether sets are asked for: by the profile, by the command line, or by the lock.</summary>
    public static bool WantsSets(
        Profile profile,
        SetOptions options,
        VerbContext context,
        SetsLock? pins
    ) =>
        profile.BasePackages.Count == 0
        || options.Folder(context) is not null
        || pins is { Sets.Count: > 0 };

    /// <summary>
    /// The profile with sets that lie in the cache: those of its release, or where it names none, of the newest release that
    /// is there; null where there are none.
    /// </summary>
    public static Profile? FromCache(Profile profile, CacheLocation cache)
    {
        var releases = profile.NamesRelease
            ? [profile.Release.Value]
            : ReleaseData.Current.Releases.Reverse().Select(release => release.Name);
        return releases
            .Where(release => IsComplete(cache.SetsDirectory(release, profile.Architecture.Value)))
            .Select(release => profile.WithRelease(release).WithSets())
            .FirstOrDefault();
    }

    private static bool IsComplete(string folder) =>
        Profile
            .BaseSets.Select(set => set + ".txz")
            .Append(Manifest.FileName)
            .All(file => File.Exists(Path.Combine(folder, file)));
}
