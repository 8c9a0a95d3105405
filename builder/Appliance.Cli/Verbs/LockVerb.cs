using System.CommandLine;
using Appliance.Cli.Answers;
using Appliance.Cli.Locations;
using Appliance.Cli.Terminal;
using Appliance.Model.Releases;
using Appliance.Sources.Downloads;
using Appliance.Sources.Packages;
using Appliance.Sources.Sets;
using Appliance.Sources.Vulnerabilities;

namespace Appliance.Cli.Verbs;

/// <summary><c>lock</c>: pins the digests of the inputs beside each profile.</summary>
internal static class LockVerb
{
    public static Command Create(VerbRunner runner)
    {
        var inputs = new InputOptions();
        var update = new Option<bool>("--update")
        {
            Description = "Ask the mirrors anew and pin what they say",
        };
        var list = new Option<string?>("--vuln")
        {
            Description =
                "A VuXML file: names the vulnerabilities that the change closes (default with --update: the list that audit fetched last)",
            HelpName = "FILE",
        };
        var command = new Command(
            "lock",
            """
            Pin the digests of sets and packages in a lock beside each profile

            Without --update an existing lock is only compared with what is there.

            Examples:
              appliance lock
              appliance lock --update
            """
        )
        {
            update,
            list,
        };
        inputs.AddTo(command);
        runner.SetAction(
            command,
            (context, token) =>
                RunAsync(context, inputs, (context.Get(update), context.Get(list)), token)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        VerbContext context,
        InputOptions options,
        (bool Update, string? Vulnerabilities) choice,
        CancellationToken token
    )
    {
        var project = Project.ReadValid(context);
        var known = Known(context, choice);
        var results = new List<LockAnswer>();
        foreach (var profile in project.Profiles.Values)
        {
            var inputs = new ProfileInputs(
                context,
                options,
                options.Apply(context, choice.Update ? OnNewestRelease(profile) : profile)
            );
            var found = await inputs.FetchAsync(choice.Update, token);
            var after = inputs.ToLock(found.Sets, found.Packages);
            var changes = after.ChangesSince(inputs.Pins);
            if (changes.Count > 0)
            {
                SetsLockFile.Write(inputs.LockPath, after);
            }

            results.Add(
                new LockAnswer(
                    inputs.LockPath,
                    BaseVersion.OfLock(after).ToString(),
                    changes,
                    inputs.Pins is { } before
                        ?
                        [
                            .. ClosedVulnerability
                                .Between(before, after, known)
                                .Select(closed => closed.ToString()),
                        ]
                        : []
                )
            );
        }

        context.Output.Result(
            AnswerJson.Shapes.IReadOnlyListLockAnswer,
            () => results,
            people => Show(people, results)
        );
        return ExitCodes.Ok;
    }

    /// <summary>A lock keeps the release of a profile that names none; an update moves on.</summary>
    private static LocatedProfile OnNewestRelease(LocatedProfile profile) =>
        profile.Profile.NamesRelease
            ? profile
            : profile with
            {
                Profile = profile.Profile.WithRelease(ReleaseData.Current.NewestSupported.Name),
            };

    /// <summary>The list that the user names, or for an update the one that 'audit' fetched last; nothing is downloaded here.</summary>
    private static IReadOnlyList<Vulnerability> Known(
        VerbContext context,
        (bool Update, string? Vulnerabilities) choice
    )
    {
        using var downloader = new Downloader();
        var cached = new VulnerabilityList(
            SetOptions.Cache(context.Environment),
            downloader
        ).CachedPath;
        return choice.Vulnerabilities is { } path
                ? VulnerabilityList.Read(context.Environment.Resolve(path))
            : choice.Update && File.Exists(cached) ? VulnerabilityList.Read(cached)
            : [];
    }

    private static void Show(TextWriter people, List<LockAnswer> results)
    {
        foreach (var result in results)
        {
            people.WriteLine(
                result.Changes.Count == 0
                    ? $"{result.Lock}: unchanged, FreeBSD {result.Base}"
                    : $"{result.Lock}:"
            );
            foreach (var change in result.Changes.Concat(result.Closes))
            {
                people.WriteLine($"  {change}");
            }
        }
    }
}
