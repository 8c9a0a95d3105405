using Appliance.Build.Composition;
using Appliance.Build.Documents;
using Appliance.Build.Images;
using Appliance.Build.Overlays;
using Appliance.Build.Plans;
using Appliance.Imaging.Disk;
using Appliance.Rendering.Documents;
using Appliance.Sources;
using Appliance.Sources.Packages.Resolution;
using Appliance.Sources.Sets;

namespace Appliance.Build;

/// <summary>
/// The build of an image, of one site or for any of a profile's, step by step: prepare (needs no inputs), plan, assemble, write. Each step throws before
/// it leaves anything behind.
/// </summary>
public sealed class SiteBuild
{
    private readonly BuildRequest request;
    private readonly OverlayLayer overlay;

    private SiteBuild(BuildRequest request, OverlayLayer overlay)
    {
        this.request = request;
        this.overlay = overlay;
    }

    /// <summary>Renders the site's files and reads the overlay: all that can be wrong without an input.</summary>
    /// <exception cref="BuildException">The overlay or the first-boot service is not there.</exception>
    /// <exception cref="Rendering.RenderingException">The document cannot be rendered.</exception>
    public static SiteBuild Prepare(BuildRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        // The first-boot service is read and hashed while the templates are filled.
        var overlay = Task.Run(() =>
            OverlayFolder.Read(request.OverlayFolder, request.FirstBootExecutable)
        );
        _ = Rendered(request, document => document);
        foreach (var choice in request.Choices ?? [])
        {
            // What cannot be rendered here could not be rendered on the machine either.
            _ = RenderedLayer.Create(choice);
        }

        return new SiteBuild(request, overlay.GetAwaiter().GetResult());
    }

    /// <summary>GUID of the disk, which follows from the names of network, site and profile.</summary>
    public Guid DiskId => DeterministicGuid.FromSeed(Planner.Seed(request));

    /// <summary>The plan as far as it is known before the inputs are decoded.</summary>
    public BuildPlan Plan(BuildInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        CheckPackages(inputs);
        return Planner.Plan(request, inputs, Overlays(inputs.Packages), null);
    }

    /// <summary>The plan while it is not known which packages the profile's names lead to.</summary>
    public BuildPlan PlanWithoutPackages(ResolvedSets sets) =>
        Planner.Plan(
            request,
            new BuildInputs(sets),
            [overlay, Rendered(request, document => document)],
            null
        );

    /// <summary>Decodes sets and packages, verified, and composes the root file system.</summary>
    /// <exception cref="SourceException">An input is missing or is another one than the lock says.</exception>
    /// <exception cref="BuildException">Inputs, profile and overlay do not fit each other.</exception>
    public AssembledSite Assemble(
        BuildInputs inputs,
        ContentStores stores,
        IProgress<SourceProgress>? progress,
        CancellationToken token
    )
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(stores);
        CheckPackages(inputs);
        var loaded = LoadedInputs.Load(inputs, stores, progress, token);
        try
        {
            var overlays = Overlays(inputs.Packages);
            var composed = Composer.Compose(
                request.Profile,
                loaded,
                overlays,
                BaseSystem.Of(inputs)
            );
            return new AssembledSite(request, inputs, overlays, composed, loaded);
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    /// <summary>An image lacks nothing that its profile names.</summary>
    private void CheckPackages(BuildInputs inputs)
    {
        // A base system of sets needs none of the base packages.
        var packages =
            inputs.Sets.Sets.Count > 0 ? request.Profile.Packages : request.Profile.AllPackages;
        var missing = packages.FirstOrDefault(wanted =>
            !inputs.Packages.Any(package => IsFor(wanted.Value, package))
        );
        if (missing is not null)
        {
            throw new BuildException(
                BuildFailure.BadInput,
                $"{missing.At.File}:{missing.At.Span.Line}: the profile names the package '{missing.Value}', "
                    + "which is not among the packages to build with"
            );
        }
    }

    private static bool IsFor(string wanted, ResolvedPackage package) =>
        wanted == package.Name
        || wanted == package.FullName
        || wanted.Split('@')[0] == package.Origin;

    /// <summary>What first boot needs to know of packages is known only when they are resolved.</summary>
    private IReadOnlyList<OverlayLayer> Overlays(IReadOnlyList<ResolvedPackage> packages)
    {
        var known = packages.Select(package => (package.Origin, package.Version)).ToList();
        return [overlay, Rendered(request, document => PackagedDocument.Of(document, known))];
    }

    private static OverlayLayer Rendered(
        BuildRequest request,
        Func<SiteDocument, SiteDocument> complete
    ) =>
        request.Choices is { } choices
            ? RenderedLayer.Create(
                complete(request.Document),
                request.Profile.Name.Text,
                [.. choices.Select(complete)]
            )
            : RenderedLayer.Create(complete(request.Document));
}

/// <summary>A site whose image can be written; holds the inputs' decoded content open.</summary>
public sealed class AssembledSite : IDisposable
{
    private readonly BuildRequest request;
    private readonly BuildInputs inputs;
    private readonly IReadOnlyList<OverlayLayer> overlays;
    private readonly LoadedInputs loaded;

    internal AssembledSite(
        BuildRequest request,
        BuildInputs inputs,
        IReadOnlyList<OverlayLayer> overlays,
        ComposedImage image,
        LoadedInputs loaded
    )
    {
        this.request = request;
        this.inputs = inputs;
        this.overlays = overlays;
        this.loaded = loaded;
        Image = image;
    }

    /// <summary>The root file system.</summary>
    public ComposedImage Image { get; }

    /// <summary>The plan without its files.</summary>
    public BuildPlan Outline() => Planner.Plan(request, inputs, overlays, null);

    /// <summary>The whole plan, with every file.</summary>
    public BuildPlan Plan() => Planner.Plan(request, inputs, overlays, Image);

    /// <summary>Every place and size on the disk, before a byte of it is written.</summary>
    /// <exception cref="Imaging.ImagingException">The content does not fit the partitions, and by how much.</exception>
    public DiskPlan Disk() => DiskAssembly.Plan(request, Image);

    public void Dispose() => loaded.Dispose();
}
