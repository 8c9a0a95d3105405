using Appliance.Build.Tests;

namespace Appliance.Cli.Tests;

/// <summary>The example network on the small release, with an edge profile that names packages which pkg made and signed.</summary>
public abstract class PackagedNetwork : IDisposable
{
    protected static readonly string Samples = RepositoryRoot.Combine(
        "tests/Appliance.Build.Tests/Packages/Samples"
    );

    private readonly MiniRelease release = new();

    protected PackagedNetwork()
    {
        CliRun.CopyProfiles(Cli.Folder);

        Copy("*.pkg", Samples, "profiles/repository");
        Copy("*", Path.Combine(Samples, "repository"), "profiles/repository");
        Copy("*", Path.Combine(Samples, "keys/trusted"), "profiles/keys/trusted");
        Name("minid");
    }

    private protected CliRun Cli { get; } = new();

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected string Image => Path.Combine(Cli.Folder, "out", "router01.img");

    protected string LockPath => Path.Combine(Cli.Folder, "profiles", "edge.lock.json");

    /// <summary>The folder of the small release.</summary>
    protected string Sets => release.SetsFolder;

    protected string Repository => Path.Combine(Cli.Folder, "profiles", "repository");

    public void Dispose()
    {
        release.Dispose();
        Cli.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes the edge profile name packages of the sample repository.</summary>
    protected void Name(string packages)
    {
        var path = Path.Combine(Cli.Folder, "profiles", "edge.yaml");
        var text = File.ReadAllText(path).Split("\npackages:")[0].TrimEnd();
        File.WriteAllText(
            path,
            $$"""
            {{text}}
            packages: [{{packages}}]
            repositories: {FreeBSD-ports: {folder: repository, fingerprints: keys} }

            """
        );
    }

    protected Task<int> RunAsync(string verb, params string[] arguments) =>
        Cli.RunAsync([verb, .. arguments, "--sets", Sets, "--accept-sets"]);

    protected void Copy(string pattern, string from, string to)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Cli.Folder, to)).FullName;
        foreach (var file in Directory.EnumerateFiles(from, pattern))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }
}
