using System.CommandLine;
using Appliance.Cli.Locations;
using Appliance.Cli.Terminal;
using Appliance.Sources.Sets;

namespace Appliance.Cli.Verbs;

/// <summary><c>lock</c>: pins the digests of the inputs beside each profile.</summary>
internal static class LockVerb
{
    public static Command Create(VerbRunner runner)
    {
        var sets = new SetOptions();
        var update = new Option<bool>("--update")
        {
            Description = "Fetch the MANIFEST anew and pin what it says",
        };
        var command = new Command(
            "lock",
            """
            Pin the digests of every input in a lock file beside each profile

            Without --update an existing lock is only compared with what is there.

            Examples:
              appliance lock
              appliance lock --update
            """
        )
        {
            update,
        };
        sets.AddTo(command);
        runner.SetAction(
            command,
            (context, token) => RunAsync(context, sets, context.Get(update), token)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        VerbContext context,
        SetOptions options,
        bool update,
        CancellationToken token
    )
    {
        var project = Project.ReadValid(context);
        var source = SetOptions.Source(context.Environment);
        var results = new List<LockResult>();
        using (var display = new ProgressDisplay(context.Output))
        {
            foreach (var profile in project.Profiles.Values)
            {
                var path = SetsLockFile.PathFor(profile.Path);
                var before = SetsLockFile.Read(path);
                var request = options.Request(context, profile, update ? null : before) with
                {
                    RefreshManifest = update,
                };
                var resolved = await source.ResolveAsync(request, token);
                var fetched = await source.FetchAsync(
                    resolved,
                    SetOptions.Progress(display),
                    token
                );
                var after = fetched.ToLock();
                var changes = after.ChangesSince(before);
                if (changes.Count > 0)
                {
                    SetsLockFile.Write(path, after);
                }

                results.Add(new LockResult(path, changes));
            }
        }

        context.Output.Result(results, people => Show(people, results));
        return ExitCodes.Ok;
    }

    private static void Show(TextWriter people, List<LockResult> results)
    {
        foreach (var result in results)
        {
            people.WriteLine(
                result.Changes.Count == 0 ? $"{result.Lock}: unchanged" : $"{result.Lock}:"
            );
            foreach (var change in result.Changes)
            {
                people.WriteLine($"  {change}");
            }
        }
    }

    private sealed record LockResult(string Lock, IReadOnlyList<string> Changes);
}
