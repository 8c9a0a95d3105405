using Appliance.Rendering.Verdicts;
using Appliance.Sources.Packages;

namespace Appliance.Build;

/// <summary>Where the base system of an image comes from, and how far it is patched.</summary>
/// <param name="Version">Release and patch levels.</param>
/// <param name="Source">Packages or release sets.</param>
/// <param name="IsOfficial">Whether sets are as FreeBSD published them; true for packages, whose repository is signed.</param>
public sealed record BaseSystem(BaseVersion Version, BaseSource Source, bool IsOfficial)
{
    /// <summary>The base system of these inputs.</summary>
    public static BaseSystem Of(BuildInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var sets = inputs.Sets;
        var isOfficial = sets.Sets.All(set => set.IsOfficial);
        return sets.Sets.Count > 0
            ? new(BaseVersion.OfSets(sets.Release, isOfficial), BaseSource.Sets, isOfficial)
            : new(
                BaseVersion.OfPackages(
                    sets.Release,
                    inputs.Packages.Select(package => (package.Name, package.Version))
                ) ?? new BaseVersion(sets.Release, null, null),
                BaseSource.Packages,
                IsOfficial: true
            );
    }

    /// <summary>What the image itself records; the verdict shows it beside the running versions.</summary>
    public ImageBase ToRecord() =>
        new()
        {
            Release = Version.Release,
            Source = Source,
            PatchLevel = Version.Userland,
            Official = IsOfficial,
        };

    /// <summary>One line for people.</summary>
    public override string ToString() =>
        this switch
        {
            { Source: BaseSource.Packages } => $"FreeBSD {Version} from packages",
            { Source: BaseSource.Sets, IsOfficial: true } =>
                $"FreeBSD {Version} from release sets: patch level 0, without the security fixes made since the release",
            { Source: BaseSource.Sets } =>
                $"FreeBSD {Version}, from sets that are NOT as FreeBSD published them (--accept-sets)",
        };
}
