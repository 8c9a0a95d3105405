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

    private static readonly string[] Names = ["latest", "FreeBSD-ports"];

    /// <summary>What the profile names and what that needs, without any network.</summary>
    public static async Task<IReadOnlyList<ResolvedPackage>> ResolveOrSkipAsync(
        ResolvedSets sets,
        Profile profile
    )
    {
        var token = TestContext.Current.CancellationToken;
        var name = Names.FirstOrDefault(IsHere);
        Assert.SkipWhen(
            name is null,
            $"no packages: there is no repository in {RealSets.Cache.PackagesDirectory(Abi, Names[0])}"
        );
        var layer = new LayerStore(RealSets.Cache).Get(sets.Sets[0], null, token);
        var source = new PackageSource(RealSets.Cache, new Downloader());
        var packages = await source.ResolveAsync(
            new PackageRequest
            {
                System = TargetSystem.Of(sets.Release, sets.Architecture, [layer]),
                Packages = [.. profile.Packages.Select(package => package.Value)],
                Repositories =
                [
                    new PackageRepository { Name = name!, Signature = Trust(name!, layer) },
                ],
                Offline = true,
            },
            null,
            token
        );
        return (await source.FetchAsync(packages, null, token)).Packages;
    }

    private static bool IsHere(string name) =>
        File.Exists(Path.Combine(RealSets.Cache.PackagesDirectory(Abi, name), "packagesite.pkg"));

    private static FingerprintPolicy Trust(string name, Layer baseSet)
    {
        var own = Path.Combine(RealSets.Cache.Root, "packages", "fingerprints", name);
        return Directory.Exists(own)
            ? Fingerprints.FromDirectory(own)
            : Fingerprints.FromLayer(baseSet);
    }
}
