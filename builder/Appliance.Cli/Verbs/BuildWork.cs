using Appliance.Build;
using Appliance.Build.Plans;
using Appliance.Cli.Locations;
using Appliance.Cli.Terminal;
using Appliance.Model.Profiles;
using Appliance.Rendering.Documents;
using Appliance.Sources;
using Appliance.Sources.Sets;

namespace Appliance.Cli.Verbs;

/// <summary>What plan and build have in common: everything up to the composed root file system.</summary>
internal sealed class BuildWork
{
    private readonly VerbContext context;
    private readonly ProfileInputs inputs;

    private BuildWork(VerbContext context, ProfileInputs inputs, ChosenSite site, SiteBuild build)
    {
        this.context = context;
        this.inputs = inputs;
        Site = site;
        Build = build;
    }

    public ChosenSite Site { get; }

    public SiteBuild Build { get; }

    /// <summary>Does all that needs no inputs, so that an unreachable mirror is not met before a typing error.</summary>
    public static BuildWork Prepare(VerbContext context, ImageOptions options, string siteName) =>
        Prepare(context, options, new ImageName(siteName, IsProfile: false));

    /// <summary>The same for a site's image or a profile's.</summary>
    /// <param name="document">Instead of the one that follows from the network file.</param>
    public static BuildWork Prepare(
        VerbContext context,
        ImageOptions options,
        ImageName image,
        SiteDocument? document = null
    )
    {
        return Prepare(context, options, Choose(context, options, image), document);
    }

    /// <summary>The same for what was chosen before.</summary>
    /// <param name="document">Instead of the one that follows from the network file.</param>
    public static BuildWork Prepare(
        VerbContext context,
        ImageOptions options,
        BuildSubject subject,
        SiteDocument? document = null
    )
    {
        var site = subject.Site;
        var build = SiteBuild.Prepare(
            new BuildRequest
            {
                Document = document ?? site.Document,
                Choices = site.Choices,
                Profile = site.Profile.Profile,
                OverlayFolder = ProductFiles.OverlayFolder,
                FirstBootExecutable = options.FirstBootExecutable(context),
            }
        );
        return new BuildWork(context, subject.Inputs, site, build);
    }

    /// <summary>Reads the files that the command line names, and looks the site or profile up in them.</summary>
    public static BuildSubject Choose(VerbContext context, ImageOptions options, ImageName image)
    {
        var project = Project.ReadValid(
            context,
            context.NetworkPath,
            image.IsProfile ? [image.Name] : []
        );
        LocatedProfile Change(LocatedProfile profile) => options.Inputs.Apply(context, profile);
        var site = image.IsProfile
            ? SiteArgument.ChooseProfile(project, image.Name, Change)
            : SiteArgument.Choose(project, image.Name, context.NetworkPath, Change);
        return new BuildSubject(site, new ProfileInputs(context, options.Inputs, site.Profile));
    }

    /// <summary>Finds out which inputs are wanted and where they are. Packages that are out of reach are named with the sets.</summary>
    public async Task<ResolvedInputs> ResolveAsync(CancellationToken token)
    {
        try
        {
            return await inputs.ResolveAsync(refresh: false, token);
        }
        catch (SourceException exception)
            when (exception.Failure is SourceFailure.Missing or SourceFailure.Unavailable
                && inputs.MissingCatalogues() is not null
            )
        {
            throw new SourceException(
                exception.Failure,
                $"{exception.Message}\n{inputs.MissingCatalogues()}",
                exception
            );
        }
    }

    /// <summary>Brings all inputs onto this machine.</summary>
    public async Task<ResolvedInputs> FetchAsync(CancellationToken token) =>
        await FetchAsync(await ResolveAsync(token), token);

    /// <summary>Brings what was resolved onto this machine.</summary>
    public Task<ResolvedInputs> FetchAsync(ResolvedInputs found, CancellationToken token) =>
        inputs.FetchAsync(found, refresh: false, token);

    /// <summary>Pins the inputs that no lock pinned; only such that turned out to be good are pinned.</summary>
    public void Pin(ResolvedInputs found)
    {
        if (!inputs.IsPartial && (!found.Sets.Pinned || found.Packages is { Pinned: false }))
        {
            SetsLockFile.Write(inputs.LockPath, inputs.ToLock(found.Sets, found.Packages));
            context.Output.Note(
                $"note: pinned the inputs in {inputs.LockPath}; commit it with the profile"
            );
        }
    }

    /// <summary>The plan as far as it is known without the inputs' content.</summary>
    public BuildPlan Plan(ResolvedInputs found)
    {
        if (found.PackagesAreKnown)
        {
            return Build.Plan(Inputs(found));
        }

        context.Output.Note(
            "note: the packages are not pinned yet; 'appliance lock' finds out which ones are needed"
        );
        return Build.PlanWithoutPackages(found.Sets);
    }

    /// <summary>The plan where not even the digests of sets can be had: names, places, and what the lock pins.</summary>
    public BuildPlan PlanOfWhatIsKnown() =>
        inputs.WithoutUnknownDigests(Build.PlanWithoutPackages(inputs.KnownSets()));

    /// <summary>Decodes the inputs and composes the root file system.</summary>
    public AssembledSite Assemble(ResolvedInputs found, CancellationToken token)
    {
        using var display = new ProgressDisplay(context.Output);
        return Build.Assemble(
            Inputs(found),
            SetOptions.Stores(context.Environment),
            SetOptions.Progress(display),
            token
        );
    }

    /// <summary>What the build works with.</summary>
    public static BuildInputs Inputs(ResolvedInputs found) =>
        new(found.Sets, found.Packages?.Packages ?? []);
}

/// <summary>What an image is made of, before anything of it is looked for.</summary>
/// <param name="Site">The site or profile.</param>
/// <param name="Inputs">Its sets and packages.</param>
internal sealed record BuildSubject(ChosenSite Site, ProfileInputs Inputs)
{
    /// <summary>The formats that the profile names.</summary>
    public IReadOnlyList<ImageFormat> Formats =>
        [.. Site.Profile.Profile.Image.Formats.Select(format => format.Value)];
}
