using Appliance.Build;
using Appliance.Build.Plans;
using Appliance.Cli.Terminal;
using Appliance.Cli.Verbs;
using Appliance.Model.Profiles;
using Appliance.Model.Reports;
using Appliance.Sources;
using Appliance.Sources.Downloads;
using Appliance.Sources.Packages.Locks;
using Appliance.Sources.Packages.Repositories;
using Appliance.Sources.Packages.Resolution;
using Appliance.Sources.Packages.Signatures;
using Appliance.Sources.Sets;
using Appliance.Sources.Store;

namespace Appliance.Cli.Locations;

/// <summary>Sets and packages of a profile: what its lock or their sources say, and how they come onto this machine.</summary>
/// <param name="context">The verb that needs them.</param>
/// <param name="options">Where they may come from.</param>
/// <param name="profile">The profile, as <see cref="InputOptions.Apply"/> made it.</param>
internal sealed class ProfileInputs(
    VerbContext context,
    InputOptions options,
    LocatedProfile profile
)
{
    private bool cachedSets;

    private static readonly FingerprintPolicy NobodyYet = new(
        new HashSet<string>(),
        new HashSet<string>(),
        "the lock"
    );

    /// <summary>The lock beside the profile.</summary>
    public string LockPath { get; } = SetsLockFile.PathFor(profile.Path);

    /// <summary>What it pins; null where it is not there.</summary>
    public SetsLock? Pins { get; } = SetsLockFile.Read(SetsLockFile.PathFor(profile.Path));

    /// <summary>The profile as it is built: of another release, or from sets, where only those can be had.</summary>
    public Profile Profile => profile.Profile;

    private bool UsesSets => profile.Profile.BasePackages.Count == 0;

    /// <summary>The packages that the profile names.</summary>
    public IReadOnlyList<string> Requests =>
        [.. profile.Profile.AllPackages.Select(package => package.Value)];

    /// <summary>
    /// Says which sets and packages are wanted and where they are. Packages that nothing pins are not known as long as the
    /// sets, which say whom to trust, are not on this machine.
    /// </summary>
    /// <param name="refresh">Ask mirrors and repositories, whatever the lock says.</param>
    /// <param name="token">Ends the work.</param>
    public async Task<ResolvedInputs> ResolveAsync(bool refresh, CancellationToken token)
    {
        await ChooseBaseAsync(refresh, token);
        var sets = await ResolveSetsAsync(refresh, token);
        var isKnown =
            UsesSets is false
            || Requests.Count == 0
            || (!refresh && PinnedPackages is not null)
            || sets.Sets.All(set => set.State == SetState.Cached);
        return new(sets, isKnown ? await ResolvePackagesAsync(sets, refresh, token) : null)
        {
            PackagesAreKnown = isKnown,
        };
    }

    /// <summary>The same with everything on this machine, and every digest known.</summary>
    public async Task<ResolvedInputs> FetchAsync(bool refresh, CancellationToken token) =>
        await FetchAsync(await ResolveAsync(refresh, token), refresh, token);

    /// <summary>Brings what was resolved onto this machine.</summary>
    public async Task<ResolvedInputs> FetchAsync(
        ResolvedInputs inputs,
        bool refresh,
        CancellationToken token
    )
    {
        var sets = await FetchAsync(inputs.Sets, token);
        var packages = inputs.PackagesAreKnown
            ? inputs.Packages
            : await ResolvePackagesAsync(sets, refresh, token);
        return new(sets, await FetchAsync(packages, token));
    }

    /// <summary>Sets instead of base packages: on demand, or where the packages' repository is out of reach and sets are at hand.</summary>
    private async Task ChooseBaseAsync(bool refresh, CancellationToken token)
    {
        if (UsesSets)
        {
            return;
        }

        if (BaseChoice.WantsSets(profile.Profile, options.Sets, context, refresh ? null : Pins))
        {
            profile = profile with { Profile = profile.Profile.WithSets() };
            return;
        }

        if (!refresh && Pins?.Packages is not null)
        {
            return;
        }

        try
        {
            await ResolveBasePackagesAsync(refresh, token);
        }
        catch (SourceException exception)
            when (exception.Failure is SourceFailure.Missing or SourceFailure.Unavailable)
        {
            if (
                BaseChoice.FromCache(profile.Profile, SetOptions.Cache(context.Environment))
                is not { } changed
            )
            {
                throw new SourceException(
                    exception.Failure,
                    $"{exception.Message}. Or put the release's sets (MANIFEST, base.txz, kernel.txz) into "
                        + SetOptions
                            .Cache(context.Environment)
                            .SetsDirectory(Profile.Release.Value, Profile.Architecture.Value)
                        + ", or name their folder with --sets DIR: patch level 0, without later security fixes",
                    exception
                );
            }

            context.Output.Warn(
                $"warning: no repository of base packages can be reached ({exception.Message.Split(". ")[0]}); "
                    + $"the base system comes from the sets of {changed.Release.Value} in the cache: patch level 0, "
                    + "without the security fixes made since"
            );
            profile = profile with { Profile = changed };
            cachedSets = true;
        }
    }

    /// <summary>Whether the base system's packages can be had at all; their repository is small.</summary>
    private async Task ResolveBasePackagesAsync(bool refresh, CancellationToken token)
    {
        using var display = new ProgressDisplay(context.Output);
        var request = UnpinnedRequest(NoSets(), display, token) with
        {
            RefreshCatalogues = refresh,
        };
        await Source()
            .ResolveAsync(
                request with
                {
                    Packages = [.. Profile.BasePackages.Select(package => package.Value)],
                    Repositories = request.Repositories.Any(IsBase)
                        ? [.. request.Repositories.Where(IsBase)]
                        : request.Repositories,
                },
                SetOptions.Progress(display),
                token
            );
    }

    private static bool IsBase(PackageRepository repository) =>
        repository.Name == ProfileRepository.BaseName;

    /// <summary>Whether --without-packages leaves out what the lock is for: such inputs are no new lock.</summary>
    public bool IsPartial => !UsesSets && options.Packages.AreLeftOut(context);

    /// <summary>The pinned packages; those of the base system alone where the others are left out on demand.</summary>
    private PackagesLock? PinnedPackages =>
        Pins?.Packages is { } pins && IsPartial
            ? new PackagesLock(
                Requests,
                [
                    .. pins.Packages.Where(package =>
                        package.Repository == ProfileRepository.BaseName
                    ),
                ]
            )
            : Pins?.Packages;

    private ResolvedSets NoSets() =>
        new(Profile.Release.Value, Profile.Architecture.Value, "", [], Pinned: true);

    private Task<ResolvedSets> ResolveSetsAsync(bool refresh, CancellationToken token)
    {
        if (!UsesSets)
        {
            CheckRelease(refresh);
            return Task.FromResult(NoSets());
        }

        var request = options.Sets.Request(
            context,
            profile,
            refresh || Pins is not { Sets.Count: > 0 } ? null : Pins
        );
        return SetOptions
            .Source(context.Environment)
            .ResolveAsync(
                request with
                {
                    RefreshManifest = refresh,
                    // What lies in the cache is used as it is: a mirror cannot be reached either.
                    Offline = request.Offline || cachedSets,
                },
                token
            );
    }

    /// <summary>A lock of packages is for one release: those of the next one have the same names.</summary>
    private void CheckRelease(bool refresh)
    {
        if (!refresh && Pins is { } pins && pins.Release != Profile.Release.Value)
        {
            throw new SourceException(
                SourceFailure.Mismatch,
                $"the lock pins {pins.Release}, but {Profile.Release.Value} is wanted. Renew it with `appliance lock --update`"
            );
        }
    }

    /// <summary>What is known of the sets without any source: their names, places, and the digests that the lock pins.</summary>
    public ResolvedSets KnownSets()
    {
        var release = profile.Profile.Release.Value;
        var architecture = profile.Profile.Architecture.Value;
        var folder = options.Sets.Folder(context, profile);
        return new ResolvedSets(
            release,
            architecture,
            folder,
            [
                .. profile.Profile.Sets.Select(set =>
                {
                    var file = set.Value + ".txz";
                    var path = Path.Combine(folder, file);
                    var pinned = Pins?.Find(set.Value);
                    return new ResolvedSet(
                        set.Value,
                        file,
                        pinned?.Sha256 ?? Unknown,
                        pinned?.Size,
                        path,
                        null,
                        File.Exists(path) ? SetState.Cached : SetState.Missing
                    );
                }),
            ],
            Pinned: Pins is not null
        );
    }

    /// <summary>
    /// Reports packages of the profile that no repository has, as far as catalogues are on this machine. What the lock pins
    /// was found once.
    /// </summary>
    public static async Task ReportUnknownPackagesAsync(
        CliEnvironment environment,
        LocatedProfile profile,
        Report report,
        CancellationToken token
    )
    {
        // Base packages are in a repository of their own, whose catalogue is seldom at hand.
        var packages = profile.Profile.Packages;
        var requests = packages.Select(package => package.Value).ToList();
        var pins = SetsLockFile.Read(SetsLockFile.PathFor(profile.Path))?.Packages;
        if (packages.Count == 0 || pins?.IsFor(requests) == true)
        {
            return;
        }

        var request = new PackageRequest
        {
            System = TargetSystem.Of(
                profile.Profile.Release.Value,
                profile.Profile.Architecture.Value
            ),
            Packages = requests,
            Repositories =
            [
                .. profile.Profile.Repositories.Select(repository =>
                    Repository(profile, repository, SignaturePolicy.UnsignedIAcceptAnything)
                ),
            ],
            Offline = true,
        };
        var unknown = await new PackageSource(
            SetOptions.Cache(environment),
            new Downloader()
        ).UnknownAsync(request, token);
        foreach (var (name, message) in unknown ?? [])
        {
            report.Add(
                FindingCatalogue.UnknownPackage,
                packages.First(package => package.Value == name).At,
                message
            );
        }
    }

    private static PackageRepository Repository(
        LocatedProfile profile,
        ProfileRepository repository,
        SignaturePolicy trust
    ) =>
        new()
        {
            Name = repository.Name,
            Url = repository.Url?.Value,
            Directory = repository.Folder is { } folder
                ? Path.GetFullPath(folder.Value, Path.GetDirectoryName(profile.Path)!)
                : null,
            Signature = trust,
            Priority = repository.Priority,
        };

    /// <summary>A digest that neither a lock nor a MANIFEST tells.</summary>
    public const string Unknown = "";

    /// <summary>The same plan without digests that are not known, and with the packages that the profile names.</summary>
    public BuildPlan WithoutUnknownDigests(BuildPlan plan) =>
        plan with
        {
            Inputs =
            [
                .. plan.Inputs.Select(input =>
                    input.Sha256 == Unknown ? input with { Sha256 = null } : input
                ),
                .. Requests.Select(KnownPackage),
            ],
        };

    private PlanInput KnownPackage(string request)
    {
        var pinned = Pins?.Packages?.Packages.FirstOrDefault(package =>
            package.Name == request || package.Origin == request
        );
        return new PlanInput(
            pinned is null ? request : $"{pinned.Name}-{pinned.Version}",
            PlanInputKind.Package,
            pinned?.Sha256,
            string.Join(", ", profile.Profile.Repositories.Select(repository => repository.Name)),
            pinned?.Size,
            Present: false
        );
    }

    /// <summary>
    /// Why the packages cannot be found out without a network: repositories without a catalogue on this machine. Null where
    /// nothing is missing, or a network may be used.
    /// </summary>
    public string? MissingCatalogues()
    {
        if (Requests.Count == 0 || !options.Sets.IsOffline(context) || Pins?.Packages is not null)
        {
            return null;
        }

        var system = TargetSystem.Of(
            profile.Profile.Release.Value,
            profile.Profile.Architecture.Value
        );
        var missing = profile
            .Profile.Repositories.Select(repository =>
                (
                    repository.Name,
                    Folder: repository.Folder is { } folder
                        ? Path.GetFullPath(folder.Value, Path.GetDirectoryName(profile.Path)!)
                        : SetOptions
                            .Cache(context.Environment)
                            .PackagesDirectory(system.Abi, repository.Name)
                )
            )
            .Where(place => !Directory.Exists(place.Folder))
            .Select(place => $"the repository {place.Name} is not in {place.Folder}")
            .ToList();
        return missing.Count == 0
            ? null
            : $"packages {string.Join(", ", Requests)}: {string.Join("; ", missing)}. Put meta.conf, its catalogue (data.pkg or "
                + "packagesite.pkg) and the packages there, or name another place with --repository NAME=PLACE";
    }

    /// <summary>Downloads the sets that are missing.</summary>
    private async Task<ResolvedSets> FetchAsync(ResolvedSets sets, CancellationToken token)
    {
        using var display = new ProgressDisplay(context.Output);
        return await SetOptions
            .Source(context.Environment)
            .FetchAsync(sets, SetOptions.Progress(display), token);
    }

    /// <summary>Says which packages are wanted and where they are; null where the profile names none.</summary>
    /// <param name="sets">The sets; on this machine unless the lock pins the packages.</param>
    /// <param name="refresh">Ask the repositories, whatever the lock says.</param>
    /// <param name="token">Ends the work.</param>
    private async Task<ResolvedPackages?> ResolvePackagesAsync(
        ResolvedSets sets,
        bool refresh,
        CancellationToken token
    )
    {
        if (Requests.Count == 0)
        {
            return null;
        }

        using var display = new ProgressDisplay(context.Output);
        var request =
            !refresh && PinnedPackages is { } pins
                ? Request(TargetSystem.Of(sets.Release, sets.Architecture), _ => NobodyYet) with
                {
                    Lock = pins,
                }
                : UnpinnedRequest(sets, display, token) with
                {
                    RefreshCatalogues = refresh,
                };
        var packages = await OrLeaveOut(
            Source().ResolveAsync(request, SetOptions.Progress(display), token)
        );
        foreach (var warning in packages.Warnings)
        {
            context.Output.Warn($"warning: {warning}");
        }

        return packages;
    }

    /// <summary>Downloads the packages that are missing.</summary>
    private async Task<ResolvedPackages?> FetchAsync(
        ResolvedPackages? packages,
        CancellationToken token
    )
    {
        if (packages is null)
        {
            return null;
        }

        using var display = new ProgressDisplay(context.Output);
        return await OrLeaveOut(Source().FetchAsync(packages, SetOptions.Progress(display), token));
    }

    /// <summary>Whoever cannot get packages here and now is told that an image without them can be had.</summary>
    private async Task<ResolvedPackages> OrLeaveOut(Task<ResolvedPackages> work)
    {
        try
        {
            return await work;
        }
        catch (SourceException exception)
            when (exception.Failure is SourceFailure.Missing or SourceFailure.Unavailable)
        {
            throw new SourceException(
                exception.Failure,
                $"{exception.Message}. Another place is named with --repository NAME=PLACE; --without-packages makes an image "
                    + $"without {string.Join(", ", profile.Profile.Packages.Select(package => package.Value))}",
                exception
            );
        }
    }

    /// <summary>The lock that pins exactly these inputs. Packages that were left out on demand stay pinned as they were.</summary>
    public SetsLock ToLock(ResolvedSets sets, ResolvedPackages? packages) =>
        sets.ToLock() with
        {
            Packages =
                packages is not null ? packages.ToLock()
                : Pins is { } pins && pins.Sets.Count > 0 == sets.Sets.Count > 0 ? pins.Packages
                : null,
        };

    private PackageSource Source() => new(SetOptions.Cache(context.Environment), new Downloader());

    private PackageRequest UnpinnedRequest(
        ResolvedSets sets,
        ProgressDisplay display,
        CancellationToken token
    )
    {
        var store = SetOptions.Stores(context.Environment).Sets;
        var layers = sets
            .Sets.Select(set => store.Get(set, SetOptions.Progress(display), token))
            .ToList();
        var trust = new RepositoryTrustReader(
            profile,
            layers.FirstOrDefault(layer => layer.Name == "base"),
            Path.Combine(context.ProfilesFolder, "keys"),
            SetOptions.Cache(context.Environment),
            context.Output.Warn
        );
        var system =
            layers.Count > 0
                ? TargetSystem.Of(sets.Release, sets.Architecture, layers)
                : TargetSystem.Of(sets.Release, sets.Architecture);
        return Request(system, trust.Read);
    }

    private PackageRequest Request(
        TargetSystem system,
        Func<ProfileRepository, SignaturePolicy> trust
    ) =>
        new()
        {
            System = system,
            Packages = Requests,
            Repositories =
            [
                .. profile.Profile.Repositories.Select(repository =>
                    Repository(profile, repository, trust(repository))
                ),
            ],
            Offline = options.Sets.IsOffline(context),
        };
}
