using Appliance.Sources.Downloads;
using Appliance.Sources.Sets;
using Appliance.Verify.Processes;

namespace Appliance.Boot.Tests;

/// <summary>The sets of a real FreeBSD release, where this machine has them in the builder's default cache.</summary>
internal static class RealSets
{
    public const string Release = "15.0-RELEASE";
    public const string Architecture = "amd64";

    public static CacheLocation Cache { get; } = CacheLocation.ForCurrentUser();

    /// <summary>Skips the test, by name and reason, where it cannot boot a real FreeBSD.</summary>
    public static void SkipUnlessBootable()
    {
        var folder = Cache.SetsDirectory(Release, Architecture);
        foreach (var file in new[] { "MANIFEST", "base.txz", "kernel.txz" })
        {
            Assert.SkipUnless(
                File.Exists(Path.Combine(folder, file)),
                $"no real sets: {Path.Combine(folder, file)} is not there"
            );
        }

        var tools = HostTools.FromEnvironment();
        foreach (var tool in new[] { Tools.Qemu, Tools.QemuImg })
        {
            Assert.SkipUnless(tools.Has(tool), $"{tool.Name} is not installed");
        }
    }

    /// <summary>The sets, without any network and without a lock: what lies there is what is tested.</summary>
    public static Task<ResolvedSets> ResolveAsync() =>
        new SetSource(Cache, new Downloader()).ResolveAsync(
            new SetRequest
            {
                Release = Release,
                Architecture = Architecture,
                Directory = Cache.SetsDirectory(Release, Architecture),
            },
            TestContext.Current.CancellationToken
        );
}
