using Appliance.Model.Profiles;
using Appliance.Sources.Downloads;
using Appliance.Sources.Packages.Repositories;
using Appliance.Sources.Packages.Resolution;
using Appliance.Sources.Packages.Signatures;
using Appliance.Sources.Sets;
using Appliance.Sources.Store;

namespace Appliance.Boot.Tests;

/// <summary>
/// Packages of a real repository, where this machine has one in the builder's default cache: what a build has left there,
/// or one that was brought, with its fingerprints in packages/fingerprints/NAME.
/// </summary>
internal static class RealPackages
{
    private const string Abi = "FreeBSD:15:amd64";

    /// <summary>Names under which a machine may have the repository of ports, and that of the base system.</summary>
    private static readonly string[] Ports = ["latest", "FreeBSD-ports"];
    private static readonly string[] Base = ["base_release_0", "FreeBSD-base"];

    /// <summary>What the profile names and what that needs, without any network.</summary>
    /// <param name="sets">The release's sets; the keys of its base vouch for what was not brought with keys of its own.</param>
    /// <param name="profile">Its base may be made of packages.</param>
    public static async Task<IReadOnlyList<ResolvedPackage>> ResolveOrSkipAsync(
        ResolvedSets sets,
        Profile profile
    )
    {
        var token = TestContext.Current.CancellationToken;
        var names = new List<string>();
        if (profile.Packages.Count > 0)
        {
            names.Add(FindOrSkip(Ports));
        }

        if (profile.BasePackages.Count > 0)
        {
            names.Add(FindOrSkip(Base));
        }

        var layer = new LayerStore(RealSets.Cache).Get(sets.Sets[0], null, token);
        var source = new PackageSource(RealSets.Cache, new Downloader());
        var packages = await source.ResolveAsync(
            new PackageRequest
            {
                System =
                    profile.BasePackages.Count > 0
                        ? TargetSystem.Of(sets.Release, sets.Architecture)
                        : TargetSystem.Of(sets.Release, sets.Architecture, [layer]),
                Packages = [.. profile.AllPackages.Select(package => package.Value)],
                Repositories =
                [
                    .. names.Select(name => new PackageRepository
                    {
                        Name = name,
                        Signature = Trust(name, layer),
                    }),
                ],
                Offline = true,
            },
            null,
            token
        );
        return (await source.FetchAsync(packages, null, token)).Packages;
    }

    /// <summary>Skips the test where there is no repository of ports.</summary>
    public static void SkipUnlessHere() => FindOrSkip(Ports);

    private static string FindOrSkip(string[] names)
    {
        var name = names.FirstOrDefault(IsHere);
        Assert.SkipWhen(
            name is null,
            $"no packages: there is no repository in {RealSets.Cache.PackagesDirectory(Abi, names[0])}"
        );
        return name!;
    }

    private static bool IsHere(string name) =>
        File.Exists(Path.Combine(RealSets.Cache.PackagesDirectory(Abi, name), "packagesite.pkg"));

    private static FingerprintPolicy Trust(string name, Layer baseSet)
    {
        var own = RealSets.Cache.FingerprintsDirectory(name);
        return Directory.Exists(own)
            ? Fingerprints.FromDirectory(own)
            : Fingerprints.FromLayer(baseSet);
    }
}
