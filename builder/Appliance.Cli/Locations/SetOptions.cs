using System.CommandLine;
using Appliance.Build;
using Appliance.Cli.Terminal;
using Appliance.Cli.Verbs;
using Appliance.Model.Releases;
using Appliance.Sources;
using Appliance.Sources.Downloads;
using Appliance.Sources.Sets;

namespace Appliance.Cli.Locations;

/// <summary>Where release sets come from, as options of the verbs that need them.</summary>
internal sealed class SetOptions
{
    private readonly Option<string?> folder = new("--sets")
    {
        Description = "A folder with MANIFEST, base.txz and kernel.txz; no network is used",
        HelpName = "DIR",
    };

    private readonly Option<bool> accept = new("--accept-sets")
    {
        Description =
            "Use sets that are not as FreeBSD published them, such as self-built ones; the lock, the plan and the image say so",
    };

    private readonly Option<Uri?> mirror = new("--mirror")
    {
        Description = "Another mirror than https://download.freebsd.org/releases/",
        HelpName = "URL",
        CustomParser = result =>
            Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
                ? uri
                : Refuse(result),
    };

    private readonly Option<bool> offline = new("--offline")
    {
        Description = "Never use the network",
    };

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(folder);
        command.Options.Add(accept);
        command.Options.Add(mirror);
        command.Options.Add(offline);
    }

    /// <summary>The folder of sets that the command line names, absolute; null where it names none.</summary>
    public string? Folder(VerbContext context) =>
        context.Get(folder) is { } path ? context.Environment.Resolve(path) : null;

    /// <summary>No network may be used.</summary>
    public bool IsOffline(VerbContext context) => context.Get(offline);

    /// <summary>Where the sets of a profile are looked for.</summary>
    public string Folder(VerbContext context, LocatedProfile profile) =>
        context.Get(folder) is { } path
            ? context.Environment.Resolve(path)
            : Cache(context.Environment)
                .SetsDirectory(profile.Profile.Release.Value, profile.Profile.Architecture.Value);

    /// <summary>What to ask for on behalf of a profile.</summary>
    public SetRequest Request(VerbContext context, LocatedProfile profile, SetsLock? pins) =>
        new()
        {
            Release = profile.Profile.Release.Value,
            Architecture = profile.Profile.Architecture.Value,
            Sets = [.. profile.Profile.Sets.Select(set => set.Value)],
            Directory = Folder(context),
            Mirror = context.Get(mirror),
            Offline = context.Get(offline),
            Lock = pins,
            AcceptOthers = context.Get(accept),
            Published = ReleaseData
                .Current.Find(profile.Profile.Release.Value)
                ?.Sets.GetValueOrDefault(profile.Profile.Architecture.Value)
                ?.ToDictionary(set => set.Key, set => set.Value.Sha256, StringComparer.Ordinal),
        };

    /// <summary>The cache of the environment's user.</summary>
    public static CacheLocation Cache(CliEnvironment environment) =>
        CacheLocation.ForCurrentUser(environment.Variable);

    public static SetSource Source(CliEnvironment environment) =>
        new(Cache(environment), new Downloader());

    public static ContentStores Stores(CliEnvironment environment) => new(Cache(environment));

    /// <summary>Shows the sources' progress.</summary>
    public static IProgress<SourceProgress> Progress(ProgressDisplay display) =>
        new SynchronousProgress<SourceProgress>(step =>
            display.Report($"{Verb(step.Stage)} {step.What}", step.Bytes, step.Total)
        );

    private static string Verb(SourceStage stage) =>
        stage switch
        {
            SourceStage.Download => "fetching",
            SourceStage.Verify => "verifying",
            SourceStage.Decode => "decoding",
        };

    private static Uri? Refuse(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"--mirror '{result.Tokens[0].Value}' is no http or https URL");
        return null;
    }
}
