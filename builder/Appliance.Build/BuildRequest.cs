using Appliance.Model.Profiles;
using Appliance.Rendering.Documents;

namespace Appliance.Build;

/// <summary>What to build, checked and derived; nothing here needs a set.</summary>
public sealed record BuildRequest
{
    public required SiteDocument Document { get; init; }

    public required Profile Profile { get; init; }

    /// <summary>The folder with <c>rootfs/</c> and <c>rootfs.spec</c>.</summary>
    public required string OverlayFolder { get; init; }

    /// <summary>The first-boot service, a static executable for the target.</summary>
    public required string FirstBootExecutable { get; init; }
}
