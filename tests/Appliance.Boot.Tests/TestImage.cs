using System.Text;
using Appliance.Build;
using Appliance.Build.Composition;
using Appliance.Build.Documents;
using Appliance.Imaging.Disk;
using Appliance.Imaging.Tree;
using Appliance.Model.Derived;
using Appliance.Model.Networks;
using Appliance.Model.Profiles;
using Appliance.Rendering.Documents;

namespace Appliance.Boot.Tests;

/// <summary>Images of the example network's sites, built from real sets for one test.</summary>
public sealed class TestImage : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-boot-");

    public string Path => System.IO.Path.Combine(folder.FullName, "image.img");

    public string LogFolder => System.IO.Path.Combine(folder.FullName, "logs");

    /// <summary>Builds a site's image.</summary>
    /// <param name="siteName">A site of the example network.</param>
    /// <param name="change">Changes the document, to make a machine that is wrong on purpose.</param>
    /// <param name="changeTree">Changes the root file system before it is written.</param>
    /// <param name="packages">With the packages that the profile names; the test is skipped where they are not at hand.</param>
    /// <param name="changeProfile">Changes what the image is made of.</param>
    public static async Task<TestImage> BuildAsync(
        string siteName,
        Func<SiteDocument, SiteDocument>? change = null,
        Action<FileTree>? changeTree = null,
        bool packages = false,
        Func<Profile, Profile>? changeProfile = null
    )
    {
        RealSets.SkipUnlessBootable();
        var request = Request(siteName, change, packages);
        var profile = changeProfile?.Invoke(request.Profile) ?? request.Profile;
        return await BuildAsync(request with { Profile = profile }, changeTree);
    }

    /// <summary>Builds the image for any site of a profile.</summary>
    /// <param name="profileName">One of the shipped profiles.</param>
    /// <param name="choices">The documents that it offers.</param>
    /// <param name="changeTree">Changes the root file system before it is written.</param>
    /// <param name="packages">With the packages that the profile names.</param>
    public static async Task<TestImage> BuildProfileAsync(
        string profileName,
        IReadOnlyList<SiteDocument> choices,
        Action<FileTree>? changeTree = null,
        bool packages = false
    )
    {
        RealSets.SkipUnlessBootable();
        var profile = Profile(profileName, packages);
        var request = Request(SiteDocumentFactory.Unclaimed(Network, profile), profile);
        return await BuildAsync(request with { Choices = choices }, changeTree);
    }

    /// <summary>The document of a site of the example network.</summary>
    public static SiteDocument Document(string siteName, bool packages = false)
    {
        var site = Network.FindSite(siteName)!;
        return SiteDocumentFactory.Create(
            Network,
            Derivation.For(Network, site),
            Profile(site.Profile.Value.Text, packages)
        );
    }

    /// <summary>Writes the image of a document of the example network, with its packages.</summary>
    public static Task WriteAsync(SiteDocument document, string path, CancellationToken token) =>
        WriteAsync(
            Request(
                document,
                Profile(Network.FindSite(document.Site)!.Profile.Value.Text, packages: true)
            ),
            path,
            null,
            token
        );

    private static async Task<TestImage> BuildAsync(
        BuildRequest request,
        Action<FileTree>? changeTree
    )
    {
        var image = new TestImage();
        try
        {
            await WriteAsync(
                request,
                image.Path,
                changeTree,
                TestContext.Current.CancellationToken
            );
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    private static async Task WriteAsync(
        BuildRequest request,
        string path,
        Action<FileTree>? changeTree,
        CancellationToken token
    )
    {
        var (sets, installed) = await RealPackages.ResolveOrSkipAsync(request.Profile);
        using var assembled = SiteBuild
            .Prepare(request)
            .Assemble(
                new BuildInputs(sets, installed),
                new ContentStores(RealSets.Cache),
                null,
                token
            );
        changeTree?.Invoke(assembled.Image.Tree);
        ImageFile.WriteRaw(assembled.Disk(), path, null, token);
    }

    /// <summary>Makes the machine stop in a shell of its console instead of starting its services.</summary>
    public static void BootSingleUser(FileTree tree) =>
        tree.AddFile(
            "/boot/loader.conf.local",
            FileContent.FromBytes(Encoding.ASCII.GetBytes("boot_single=\"YES\"\n")),
            NodeMetadata.DefaultFile(0),
            "test"
        );

    public void Dispose() => folder.Delete(recursive: true);

    private static BuildRequest Request(
        string siteName,
        Func<SiteDocument, SiteDocument>? change,
        bool packages
    )
    {
        var document = Document(siteName, packages);
        var profile = Profile(Network.FindSite(siteName)!.Profile.Value.Text, packages);
        return Request(change?.Invoke(document) ?? document, profile);
    }

    private static BuildRequest Request(SiteDocument document, Profile profile) =>
        new()
        {
            Document = document,
            Profile = profile,
            OverlayFolder = RepositoryRoot.Combine("overlay"),
            FirstBootExecutable = FirstBoot,
        };

    /// <summary>The service that a build of the command line has compiled.</summary>
    public static string FirstBoot { get; } =
        RepositoryRoot.Combine("builder/Appliance.Cli/obj/firstboot/appliance-firstboot");

    private static Network Network { get; } =
        NetworkFile.Read(RepositoryRoot.Combine("profiles/networks/example.yaml")).Value!;

    private static Profile Profile(string name, bool packages)
    {
        var profile = ProfileFile.Read(RepositoryRoot.Combine($"profiles/{name}.yaml")).Value!;
        return packages ? profile : profile.WithoutPackages();
    }
}
