using Appliance.Build.Composition;
using Appliance.Build.Images;
using Appliance.Build.Overlays;
using Appliance.Build.Plans;
using Appliance.Imaging.Disk;
using Appliance.Sources;
using Appliance.Sources.Sets;
using Appliance.Sources.Store;

namespace Appliance.Build;

/// <summary>
/// The build of one site, step by step: prepare (needs no sets), plan, assemble, write. Each step throws before
/// it leaves anything behind.
/// </summary>
public sealed class SiteBuild
{
    private readonly BuildRequest request;
    private readonly IReadOnlyList<OverlayLayer> overlays;

    private SiteBuild(BuildRequest request, IReadOnlyList<OverlayLayer> overlays)
    {
        this.request = request;
        this.overlays = overlays;
    }

    /// <summary>Renders the site's files and reads the overlay: all that can be wrong without a set.</summary>
    /// <exception cref="BuildException">The overlay or the first-boot service is not there.</exception>
    /// <exception cref="Rendering.RenderingException">The document cannot be rendered.</exception>
    public static SiteBuild Prepare(BuildRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        PackageSupport.Check(request.Profile);
        return new SiteBuild(
            request,
            [
                OverlayFolder.Read(request.OverlayFolder, request.FirstBootExecutable),
                RenderedLayer.Create(request.Document),
            ]
        );
    }

    /// <summary>The plan as far as it is known before the sets are decoded.</summary>
    public BuildPlan Plan(ResolvedSets sets) => Planner.Plan(request, sets, overlays, null);

    /// <summary>Decodes the sets, verified, and composes the root file system.</summary>
    /// <exception cref="SourceException">A set is missing or is another one than the lock says.</exception>
    public AssembledSite Assemble(
        ResolvedSets sets,
        LayerStore store,
        IProgress<SourceProgress>? progress,
        CancellationToken token
    )
    {
        var layers = LayerLoader.Load(sets, store, progress, token);
        try
        {
            var composed = Composer.Compose(
                request.Profile,
                [.. layers.Select(layer => (layer.Layer, layer.Payload))],
                overlays
            );
            return new AssembledSite(request, sets, overlays, composed, layers);
        }
        catch
        {
            LayerLoader.Close(layers);
            throw;
        }
    }
}

/// <summary>A site whose image can be written; holds the sets' decoded content open.</summary>
public sealed class AssembledSite : IDisposable
{
    private readonly BuildRequest request;
    private readonly ResolvedSets sets;
    private readonly IReadOnlyList<OverlayLayer> overlays;
    private readonly IReadOnlyList<LoadedLayer> layers;

    internal AssembledSite(
        BuildRequest request,
        ResolvedSets sets,
        IReadOnlyList<OverlayLayer> overlays,
        ComposedImage image,
        IReadOnlyList<LoadedLayer> layers
    )
    {
        this.request = request;
        this.sets = sets;
        this.overlays = overlays;
        this.layers = layers;
        Image = image;
    }

    /// <summary>The root file system.</summary>
    public ComposedImage Image { get; }

    /// <summary>The whole plan, with every file.</summary>
    public BuildPlan Plan() => Planner.Plan(request, sets, overlays, Image);

    /// <summary>Every place and size on the disk, before a byte of it is written.</summary>
    /// <exception cref="Imaging.ImagingException">The content does not fit the partitions, and by how much.</exception>
    public DiskPlan Disk() => DiskAssembly.Plan(request, Image);

    public void Dispose() => LayerLoader.Close(layers);
}
