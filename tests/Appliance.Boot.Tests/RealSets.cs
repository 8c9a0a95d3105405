using Appliance.Model.Releases;
using Appliance.Sources.Downloads;
using Appliance.Sources.Sets;
using Appliance.Verify.Processes;

namespace Appliance.Boot.Tests;

/// <summary>
/// The sets of a real FreeBSD release in the builder's default cache: of the newest release that is there, whoever built
/// them.
/// </summary>
internal static class RealSets
{
    public const string Architecture = "amd64";

    private static readonly string[] Files = ["MANIFEST", "base.txz", "kernel.txz"];

    public static CacheLocation Cache { get; } = CacheLocation.ForCurrentUser();

    /// <summary>The newest release whose sets are all there; null where there is none.</summary>
    public static string? Release { get; } =
        ReleaseData
            .Current.Releases.Reverse()
            .Select(release => release.Name)
            .FirstOrDefault(release =>
                Files.All(file => File.Exists(Path.Combine(Folder(release), file)))
            );

    /// <summary>Skips the test, by name and reason, where it cannot boot a real FreeBSD.</summary>
    public static void SkipUnlessBootable()
    {
        Assert.SkipUnless(
            Release is not null || RealPackages.HasBase,
            $"no real base system: neither {string.Join(", ", Files)} in {Folder(ReleaseData.Current.NewestSupported.Name)} "
                + $"(or of another release) nor a repository in {RealPackages.BaseFolder}"
        );
        var tools = HostTools.FromEnvironment();
        foreach (var tool in new[] { Tools.Qemu, Tools.QemuImg })
        {
            Assert.SkipUnless(tools.Has(tool), $"{tool.Name} is not installed");
        }
    }

    /// <summary>The sets, without any network and without a lock: what lies there is what is tested, self-built ones as well.</summary>
    public static Task<ResolvedSets> ResolveAsync() =>
        new SetSource(Cache, new Downloader()).ResolveAsync(
            new SetRequest
            {
                Release = Release!,
                Architecture = Architecture,
                Directory = Folder(Release!),
                Published = ReleaseData
                    .Current.Find(Release!)!
                    .Sets[Architecture]
                    .ToDictionary(set => set.Key, set => set.Value.Sha256, StringComparer.Ordinal),
                AcceptOthers = true,
            },
            TestContext.Current.CancellationToken
        );

    private static string Folder(string release) => Cache.SetsDirectory(release, Architecture);
}
