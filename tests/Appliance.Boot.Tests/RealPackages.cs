using Appliance.Model.Profiles;
using Appliance.Model.Releases;
using Appliance.Sources.Downloads;
using Appliance.Sources.Packages;
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
    private const string Base = ProfileRepository.BaseName;

    /// <summary>Names under which a machine may have the repository of ports.</summary>
    private static readonly string[] Ports = ["latest", "FreeBSD-ports"];

    /// <summary>Where the repository of the base system's packages would be.</summary>
    public static string BaseFolder => Folder(Base);

    /// <summary>Whether this machine has the base system as packages.</summary>
    public static bool HasBase => IsHere(Base);

    private static string Abi =>
        TargetSystem
            .Of(RealSets.Release ?? ReleaseData.Current.NewestSupported.Name, RealSets.Architecture)
            .Abi;

    /// <summary>
    /// What a profile's image is made of, without any network: the base system from packages where their repository is here,
    /// else from sets, and the packages that the profile names.
    /// </summary>
    public static async Task<(
        ResolvedSets Sets,
        IReadOnlyList<ResolvedPackage> Packages
    )> ResolveOrSkipAsync(Profile profile)
    {
        var fromPackages = profile.BasePackages.Count > 0 && (HasBase || RealSets.Release is null);
        if (!fromPackages)
        {
            var sets = await RealSets.ResolveAsync();
            return (sets, await OfSetsAsync(sets, profile));
        }

        var names = profile.Packages.Count > 0 ? new[] { Base, FindOrSkip(Ports) } : [Base];
        var packages = await FetchAsync(
            TargetSystem.Of(ReleaseData.Current.NewestSupported.Name, RealSets.Architecture),
            profile.AllPackages.Select(package => package.Value),
            names,
            null
        );
        return (NoSets(packages), packages);
    }

    /// <summary>Skips the test where there is no repository of ports.</summary>
    public static void SkipUnlessHere() => FindOrSkip(Ports);

    private static async Task<IReadOnlyList<ResolvedPackage>> OfSetsAsync(
        ResolvedSets sets,
        Profile profile
    )
    {
        if (profile.Packages.Count == 0)
        {
            return [];
        }

        var layer = new LayerStore(RealSets.Cache).Get(
            sets.Sets[0],
            null,
            TestContext.Current.CancellationToken
        );
        return await FetchAsync(
            TargetSystem.Of(sets.Release, sets.Architecture, [layer]),
            profile.Packages.Select(package => package.Value),
            [FindOrSkip(Ports)],
            layer
        );
    }

    private static async Task<IReadOnlyList<ResolvedPackage>> FetchAsync(
        TargetSystem system,
        IEnumerable<string> wanted,
        IEnumerable<string> repositories,
        Layer? baseSet
    )
    {
        var token = TestContext.Current.CancellationToken;
        var source = new PackageSource(RealSets.Cache, new Downloader());
        var packages = await source.ResolveAsync(
            new PackageRequest
            {
                System = system,
                Packages = [.. wanted],
                Repositories =
                [
                    .. repositories.Select(name => new PackageRepository
                    {
                        Name = name,
                        Signature = Trust(name, baseSet),
                    }),
                ],
                Offline = true,
            },
            null,
            token
        );
        return (await source.FetchAsync(packages, null, token)).Packages;
    }

    /// <summary>The release is what the base packages say: a repository is of one release only.</summary>
    private static ResolvedSets NoSets(IReadOnlyList<ResolvedPackage> packages)
    {
        var version = packages.Single(package => package.Name == BaseVersion.Runtime).Version;
        return new ResolvedSets(
            $"{version.Split('p', '_')[0]}-RELEASE",
            RealSets.Architecture,
            "",
            [],
            Pinned: true
        );
    }

    private static string FindOrSkip(string[] names)
    {
        var name = names.FirstOrDefault(IsHere);
        Assert.SkipWhen(
            name is null,
            $"no packages: there is no repository in {string.Join(" or ", names.Select(Folder))}"
        );
        return name!;
    }

    private static string Folder(string name) => RealSets.Cache.PackagesDirectory(Abi, name);

    private static bool IsHere(string name) =>
        File.Exists(Path.Combine(Folder(name), "packagesite.pkg"))
        || File.Exists(Path.Combine(Folder(name), "data.pkg"));

    /// <summary>Keys that were brought, else those of the base set, else those that this program ships.</summary>
    private static FingerprintPolicy Trust(string name, Layer? baseSet)
    {
        var own = RealSets.Cache.FingerprintsDirectory(name);
        var major = Abi.Split(':')[1];
        return Directory.Exists(own) ? Fingerprints.FromDirectory(own)
            : baseSet is not null ? Fingerprints.FromLayer(baseSet)
            : Fingerprints.FromDirectory(
                RepositoryRoot.Combine(
                    "profiles",
                    "keys",
                    name == Base ? $"pkgbase-{major}" : "pkg"
                )
            );
    }
}
