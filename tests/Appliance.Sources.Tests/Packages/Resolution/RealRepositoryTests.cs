using Appliance.Sources.Downloads;
using Appliance.Sources.Packages.Archives;
using Appliance.Sources.Packages.Repositories;
using Appliance.Sources.Packages.Resolution;
using Appliance.Sources.Packages.Signatures;
using Appliance.Sources.Sets;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Packages.Resolution;

/// <summary>Real packages of FRR, where the cache of this user has a repository of them.</summary>
public sealed class RealRepositoryTests : IDisposable
{
    private const string Abi = "FreeBSD:15:amd64";
    private readonly TestDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task FRR_and_all_it_needs_become_layers()
    {
        var folder = CacheLocation.ForCurrentUser().PackagesDirectory(Abi, "latest");
        Assert.SkipUnless(
            File.Exists(Path.Combine(folder, "data.pkg")),
            $"there is no repository in {folder}"
        );
        var token = TestContext.Current.CancellationToken;
        using var downloader = new Downloader();
        var source = new PackageSource(directory.Cache, downloader);
        var request = new PackageRequest
        {
            System = TargetSystem.Of("15.0-RELEASE", "amd64"),
            Packages = ["frr10"],
            Repositories =
            [
                new PackageRepository
                {
                    Name = "latest",
                    Directory = folder,
                    Signature = SignaturePolicy.UnsignedIAcceptAnything,
                },
            ],
        };
        var resolved = await source.FetchAsync(
            await source.ResolveAsync(request, token: token),
            token: token
        );
        var store = new PackageStore(directory.Cache);
        var layers = resolved.Packages.Select(package => store.Get(package, token: token)).ToList();
        Assert.Equal("frr10", PackageOrder.Sort(layers, layer => layer.Manifest)[^1].Manifest.Name);
        Assert.Contains(
            layers.SelectMany(layer => layer.Layer.Entries),
            entry => entry.Path == "usr/local/sbin/bgpd"
        );
        var pinned = await source.ResolveAsync(
            request with
            {
                Lock = resolved.ToLock(),
                Offline = true,
            },
            token: token
        );
        Assert.Equal(resolved.ToLock().Packages, pinned.ToLock().Packages);
    }
}
