using System.CommandLine;
using Appliance.Cli.Answers;
using Appliance.Cli.Locations;
using Appliance.Cli.Terminal;
using Appliance.Sources.Sets;

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
        };
        inputs.AddTo(command);
        runner.SetAction(
            command,
            (context, token) => RunAsync(context, inputs, context.Get(update), token)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        VerbContext context,
        InputOptions options,
        bool update,
        CancellationToken token
    )
    {
        var project = Project.ReadValid(context);
        var results = new List<LockAnswer>();
        foreach (var profile in project.Profiles.Values)
        {
            var inputs = new ProfileInputs(
                context,
                options,
                options.Packages.Apply(context, profile)
            );
            var after = await PinAsync(inputs, update, token);
            var changes = after.ChangesSince(inputs.Pins);
            if (changes.Count > 0)
            {
                SetsLockFile.Write(inputs.LockPath, after);
            }

            results.Add(new LockAnswer(inputs.LockPath, changes));
        }

        context.Output.Result(
            AnswerJson.Shapes.IReadOnlyListLockAnswer,
            () => results,
            people => Show(people, results)
        );
        return ExitCodes.Ok;
    }

    private static async Task<SetsLock> PinAsync(
        ProfileInputs inputs,
        bool update,
        CancellationToken token
    )
    {
        var sets = await inputs.ResolveSetsAsync(update, token);
        sets = await inputs.FetchAsync(sets, token);
        var packages = await inputs.ResolvePackagesAsync(sets, update, token);
        return inputs.ToLock(sets, await inputs.FetchAsync(packages, token));
    }

    private static void Show(TextWriter people, List<LockAnswer> results)
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
}
