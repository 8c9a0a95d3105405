using Appliance.Cli.Verbs;
using Appliance.Model;
using Appliance.Model.Networks;
using Appliance.Model.Profiles;
using Appliance.Model.Releases;
using Appliance.Model.Reports;
using Appliance.Model.Validation;
using Appliance.Rendering.Internet;
using Appliance.Sources.Packages;
using Appliance.Sources.Sets;

namespace Appliance.Cli.Locations;

/// <summary>A network file together with the profiles that its sites name.</summary>
/// <param name="Network">Null when the network file has errors.</param>
/// <param name="Profiles">Those without errors, by name.</param>
/// <param name="Report">All findings about all of the files.</param>
public sealed record Project(
    Network? Network,
    IReadOnlyDictionary<string, LocatedProfile> Profiles,
    Report Report
)
{
    /// <summary>Reads the files that the command line names.</summary>
    public static Project Read(VerbContext context) => Read(context, context.NetworkPath);

    /// <summary>The same for another network file.</summary>
    /// <param name="context">The verb.</param>
    /// <param name="networkPath">The network file.</param>
    /// <param name="profileNames">Profiles to read, whether a site names them or not.</param>
    public static Project Read(
        VerbContext context,
        string networkPath,
        IReadOnlyList<string>? profileNames = null
    )
    {
        var report = new Report();
        var network = Take(ReadNetwork(context, networkPath), report);
        if (network is not null)
        {
            CheckAgainstInternet(network, context, report);
        }

        var profiles = ReadProfiles(context, network, profileNames ?? [], report);

        foreach (var site in network?.Sites ?? [])
        {
            if (profiles.TryGetValue(site.Profile.Value.Text, out var located))
            {
                SiteProfileValidation.Validate(network!, site, located.Profile, report);
            }
        }

        return new Project(network, profiles, report);
    }

    /// <summary>The same, when nothing is wrong with any of them.</summary>
    /// <exception cref="FindingsException">A file has errors.</exception>
    public static Project ReadValid(VerbContext context) => ReadValid(context, context.NetworkPath);

    /// <summary>The same for another network file.</summary>
    /// <exception cref="FindingsException">A file has errors.</exception>
    public static Project ReadValid(
        VerbContext context,
        string networkPath,
        IReadOnlyList<string>? profileNames = null
    )
    {
        var project = Read(context, networkPath, profileNames);
        if (project.Report.HasErrors)
        {
            throw new FindingsException(project.Report);
        }

        if (project.Report.WarningCount > 0)
        {
            context.Output.Note(context.Output.TextOf(project.Report, onError: true).TrimEnd('\n'));
        }

        return project;
    }

    /// <exception cref="MissingInputException">A profile that the command line names is not there.</exception>
    private static Dictionary<string, LocatedProfile> ReadProfiles(
        VerbContext context,
        Network? network,
        IReadOnlyList<string> further,
        Report report
    )
    {
        var folder = new ProfileFolder(context.ProfilesFolder, context.Environment.WorkingFolder);
        var profiles = new Dictionary<string, LocatedProfile>(StringComparer.Ordinal);
        foreach (var site in (network?.Sites ?? []).DistinctBy(site => site.Profile.Value))
        {
            Read(site.Profile.Value.Text, site.Profile.At);
        }

        foreach (var name in further.Where(name => !profiles.ContainsKey(name)))
        {
            Read(name, null);
        }

        return profiles;

        void Read(string name, SourceLocation? at)
        {
            var path = folder.PathOf(name);
            if (!File.Exists(path))
            {
                folder.ReportMissing(name, at, report);
            }
            else if (Take(ProfileFile.ReadFile(path, folder.Shown(path)), report) is { } profile)
            {
                ProfileFolder.CheckName(name, profile, report);
                profiles.Add(name, AtLockedRelease(profile, path, context, report));
            }
        }
    }

    /// <summary>Where the profile leaves the release open, its lock pins that, too.</summary>
    private static LocatedProfile AtLockedRelease(
        Profile profile,
        string path,
        VerbContext context,
        Report report
    )
    {
        var pins = SetsLockFile.Read(SetsLockFile.PathFor(path));
        if (pins is not null && !profile.NamesRelease)
        {
            profile = profile.WithRelease(pins.Release);
        }

        ReleaseValidation.Validate(
            profile,
            pins is null
                ? null
                : new PinnedBase(pins.Sets.Count > 0, BaseVersion.OfLock(pins).Userland),
            ReleaseData.Current,
            Today(context),
            report
        );
        return new LocatedProfile(profile, path);
    }

    private static DateOnly Today(VerbContext context) =>
        DateOnly.FromDateTime(context.Environment.Clock.GetUtcNow().UtcDateTime);

    private static void CheckAgainstInternet(Network network, VerbContext context, Report report)
    {
        var data = InternetData.Current;
        InternetValidation.Validate(
            network,
            new InternetFacts(data.Date, data.Table.Ipv4, data.Table.Ipv6),
            Today(context),
            report
        );
    }

    private static Loaded<Network> ReadNetwork(VerbContext context, string shown)
    {
        if (shown == "-")
        {
            return NetworkFile.ReadBytes(context.StandardInput, VerbContext.NameOf(shown));
        }

        var path = context.Environment.Resolve(shown);
        return File.Exists(path)
            ? NetworkFile.ReadFile(path, shown)
            : throw new MissingInputException(
                Directory.Exists(path)
                    ? $"the network file {shown} is a folder; name the file in it"
                    : $"the network file {shown} is not there; name another one with --network"
            );
    }

    private static T? Take<T>(Loaded<T> loaded, Report report)
        where T : class
    {
        report.Add(loaded.Report);
        return loaded.Value;
    }
}

/// <summary>A profile and the file it was read from, beside which its lock lies.</summary>
public sealed record LocatedProfile(Profile Profile, string Path);
