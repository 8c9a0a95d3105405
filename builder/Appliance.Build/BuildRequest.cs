using Appliance.Model.Profiles;
using Appliance.Rendering.Documents;

namespace Appliance.Build;

/// <summary>What to build, checked and derived; nothing here needs a set.</summary>
public sealed record BuildRequest
{
    /// <summary>Whose image it is; of an image for any site of a profile, nobody's (<see cref="Documents.SiteDocumentFactory.Unclaimed"/>).</summary>
    public required SiteDocument Document { get; init; }

    /// <summary>
    /// The sites that the machine may become, by what its metadata says; none of them is enough when metadata brings the
    /// document itself. Null: the image is one site's.
    /// </summary>
    public IReadOnlyList<SiteDocument>? Choices { get; init; }

    public required Profile Profile { get; init; }

    /// <summary>The folder with <c>rootfs/</c> and <c>rootfs.spec</c>.</summary>
    public required string OverlayFolder { get; init; }

    /// <summary>The first-boot service, a static executable for the target.</summary>
    public required string FirstBootExecutable { get; init; }
}
