using Appliance.Build;
using Appliance.Build.Plans;
using Appliance.Cli.Locations;
using Appliance.Cli.Terminal;
using Appliance.Model.Profiles;
using Appliance.Rendering.Documents;
using Appliance.Sources;
using Appliance.Sources.Packages.Resolution;
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
        LocatedProfile Change(LocatedProfile profile) =>
            options.Inputs.Packages.Apply(context, profile);
        var site = image.IsProfile
            ? SiteArgument.ChooseProfile(project, image.Name, Change)
            : SiteArgument.Choose(project, image.Name, context.NetworkPath, Change);
        return new BuildSubject(site, new ProfileInputs(context, options.Inputs, site.Profile));
    }

    /// <summary>
    /// Finds out which inputs are wanted and where they are. Packages that nothing pins are null as long as the sets,
    /// which say whom to trust, are not on this machine.
    /// </summary>
    public async Task<(ResolvedSets Sets, ResolvedPackages? Packages)> ResolveAsync(
        CancellationToken token
    )
    {
        var sets = await ResolveSetsAsync(token);
        var isHere = sets.Sets.All(set => set.State == SetState.Cached);
        return isHere || !inputs.PackagesNeedSets
            ? (sets, await inputs.ResolvePackagesAsync(sets, refresh: false, token))
            : (sets, null);
    }

    /// <summary>Where sets are out of reach, packages that are so as well are named with them.</summary>
    private async Task<ResolvedSets> ResolveSetsAsync(CancellationToken token)
    {
        try
        {
            return await inputs.ResolveSetsAsync(refresh: false, token);
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
    public async Task<(ResolvedSets Sets, ResolvedPackages? Packages)> FetchAsync(
        CancellationToken token
    )
    {
        var (sets, packages) = await ResolveAsync(token);
        sets = await inputs.FetchAsync(sets, token);
        packages ??= await inputs.ResolvePackagesAsync(sets, refresh: false, token);
        return (sets, await inputs.FetchAsync(packages, token));
    }

    /// <summary>The digests of packages that are all on this machine.</summary>
    public Task<ResolvedPackages?> VerifyAsync(
        ResolvedPackages? packages,
        CancellationToken token
    ) => inputs.FetchAsync(packages, token);

    /// <summary>Pins the inputs that no lock pinned; only such that turned out to be good are pinned.</summary>
    public void Pin(ResolvedSets sets, ResolvedPackages? packages)
    {
        if (!sets.Pinned || packages is { Pinned: false })
        {
            SetsLockFile.Write(inputs.LockPath, inputs.ToLock(sets, packages));
            context.Output.Note(
                $"note: pinned the inputs in {inputs.LockPath}; commit it with the profile"
            );
        }
    }

    /// <summary>The plan as far as it is known without the inputs' content.</summary>
    public BuildPlan Plan(ResolvedSets sets, ResolvedPackages? packages)
    {
        if (packages is not null || !inputs.PackagesNeedSets)
        {
            return Build.Plan(new BuildInputs(sets, packages?.Packages ?? []));
        }

        context.Output.Note(
            "note: the packages are not pinned yet; 'appliance lock' finds out which ones are needed"
        );
        return Build.PlanWithoutPackages(sets);
    }

    /// <summary>The plan where not even the digests of sets can be had: names, places, and what the lock pins.</summary>
    public BuildPlan PlanOfWhatIsKnown() =>
        inputs.WithoutUnknownDigests(Build.PlanWithoutPackages(inputs.KnownSets()));

    /// <summary>Decodes the inputs and composes the root file system.</summary>
    public AssembledSite Assemble(
        ResolvedSets sets,
        ResolvedPackages? packages,
        CancellationToken token
    )
    {
        using var display = new ProgressDisplay(context.Output);
        return Build.Assemble(
            new BuildInputs(sets, packages?.Packages ?? []),
            SetOptions.Stores(context.Environment),
            SetOptions.Progress(display),
            token
        );
    }
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
