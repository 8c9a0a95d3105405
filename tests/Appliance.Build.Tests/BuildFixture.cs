using Appliance.Imaging.Disk;
using Appliance.Model.Profiles;
using Appliance.Sources.Sets;

namespace Appliance.Build.Tests;

/// <summary>One small release and one built edge image, shared by the tests that only look at them.</summary>
public sealed class BuildFixture : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-build-");

    public MiniRelease Release { get; } = new();

    /// <summary>The raw image of the example edge.</summary>
    public string Image => Path.Combine(folder.FullName, "router01.img");

    /// <summary>Stands for the compiled service: a build does not care what is in it.</summary>
    public string FirstBoot => Path.Combine(folder.FullName, "appliance-firstboot");

    public AssembledSite Assembled { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(FirstBoot, "#!/bin/sh\n");
        Assembled = await AssembleAsync("router01");
        ImageFile.WriteRaw(Assembled.Disk(), Image);
    }

    public async Task<AssembledSite> AssembleAsync(
        string site,
        Func<Profile, Profile>? change = null
    ) =>
        SiteBuild
            .Prepare(ExampleSite.Request(site, FirstBoot, change))
            .Assemble(
                new BuildInputs(await SetsAsync()),
                Release.Stores,
                null,
                TestContext.Current.CancellationToken
            );

    public Task<ResolvedSets> SetsAsync() => Release.ResolveAsync();

    public ValueTask DisposeAsync()
    {
        Assembled.Dispose();
        Release.Dispose();
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
