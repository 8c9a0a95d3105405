using Appliance.Build;
using Appliance.Cli.Locations;
using Appliance.Cli.Terminal;
using Appliance.Model.Profiles;
using Appliance.Sources.Sets;

namespace Appliance.Cli.Verbs;

/// <summary>What plan and build have in common: everything up to the composed root file system.</summary>
internal sealed class BuildWork
{
    private readonly VerbContext context;
    private readonly ImageOptions options;

    private BuildWork(VerbContext context, ImageOptions options, ChosenSite site, SiteBuild build)
    {
        this.context = context;
        this.options = options;
        Site = site;
        Build = build;
    }

    public ChosenSite Site { get; }

    public SiteBuild Build { get; }

    /// <summary>Does all that needs no sets, so that an unreachable mirror is not met before a typing error.</summary>
    public static BuildWork Prepare(VerbContext context, ImageOptions options, string siteName)
    {
        var project = Project.ReadValid(context);
        var site = SiteArgument.Choose(project, siteName, context.NetworkPath);
        var build = SiteBuild.Prepare(
            new BuildRequest
            {
                Document = site.Document,
                Profile = site.Profile.Profile,
                OverlayFolder = ProductFiles.OverlayFolder,
                FirstBootExecutable = options.FirstBootExecutable(context),
            }
        );
        return new BuildWork(context, options, site, build);
    }

    /// <summary>The formats that the profile names.</summary>
    public IReadOnlyList<ImageFormat> Formats =>
        [.. Site.Profile.Profile.Image.Formats.Select(format => format.Value)];

    /// <summary>The lock beside the profile.</summary>
    public string LockPath => SetsLockFile.PathFor(Site.Profile.Path);

    /// <summary>Finds out which sets are wanted and where they are.</summary>
    public Task<ResolvedSets> ResolveAsync(CancellationToken token) =>
        SetOptions
            .Source(context.Environment)
            .ResolveAsync(
                options.Sets.Request(context, Site.Profile, SetsLockFile.Read(LockPath)),
                token
            );

    /// <summary>Downloads what is missing, and pins the sets when there is no lock yet.</summary>
    public async Task<ResolvedSets> FetchAsync(ResolvedSets sets, CancellationToken token)
    {
        using var display = new ProgressDisplay(context.Output);
        var fetched = await SetOptions
            .Source(context.Environment)
            .FetchAsync(sets, SetOptions.Progress(display), token);
        return fetched;
    }

    /// <summary>Pins the sets when there is no lock yet; only sets that turned out to be good are pinned.</summary>
    public void Pin(ResolvedSets sets)
    {
        if (!sets.Pinned)
        {
            SetsLockFile.Write(LockPath, sets.ToLock());
            context.Output.Note($"note: pinned the sets in {LockPath}; commit it with the profile");
        }
    }

    /// <summary>Decodes the sets and composes the root file system.</summary>
    public AssembledSite Assemble(ResolvedSets sets, CancellationToken token)
    {
        using var display = new ProgressDisplay(context.Output);
        return Build.Assemble(
            new BuildInputs(sets),
            SetOptions.Stores(context.Environment),
            SetOptions.Progress(display),
            token
        );
    }
}
