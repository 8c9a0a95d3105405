using System.CommandLine;
using Appliance.Cli.Answers;
using Appliance.Cli.Locations;
using Appliance.Cli.Requirements;
using Appliance.Cli.Terminal;

namespace Appliance.Cli.Verbs;

/// <summary><c>doctor</c>: says what this computer lacks, before work is begun.</summary>
internal static class DoctorVerb
{
    public static Command Create(VerbRunner runner)
    {
        var options = new ImageOptions();
        var lab = new Option<bool>("--lab") { Description = "Also what the lab verbs need" };
        var command = new Command(
            "doctor",
            """
            Say what this computer lacks to build and boot images

            And how to get it. Programs, firmware, the first-boot service, and the release sets of the network's profiles. Exit status 69
            (EX_UNAVAILABLE) means that something is missing. Sets and packages that can be fetched are not missing,
            except with --offline.

            Examples:
              appliance doctor
              appliance doctor --lab
              appliance doctor --offline --json | jq '.[] | select(.found == null)'
            """
        )
        {
            lab,
        };
        options.AddTo(command);
        runner.SetAction(
            command,
            (context, _) => Task.FromResult(Run(context, options, context.Get(lab))),
            ExampleUse.SaidAloud
        );
        return command;
    }

    private static int Run(VerbContext context, ImageOptions options, bool lab)
    {
        var host = new HostRequirements(context.Environment.Variable("PATH") ?? "");
        List<Requirement> all =
        [
            .. host.ForBuild(options.FirstBootExecutable(context), converts: false),
            .. host.ForVerify(),
            .. Sets(context, options),
            .. lab ? host.ForLab() : [],
        ];
        var missing = all.Where(item => item.IsMissing).ToList();
        context.Output.Result(
            AnswerJson.Shapes.IReadOnlyListRequirementAnswer,
            () => [.. all.Select(RequirementAnswer.Of)],
            people => Show(people, all, missing)
        );
        return missing.Count == 0 ? ExitCodes.Ok : ExitCodes.Unavailable;
    }

    private static void Show(TextWriter people, List<Requirement> all, List<Requirement> missing)
    {
        var width = all.Max(item => item.Name.Length);
        foreach (var item in all)
        {
            people.WriteLine(
                $"{(item.IsMissing ? "missing" : "ok"), -9}{item.Name.PadRight(width)}  {item.Found ?? $"for {item.Purpose}"}"
            );
        }

        if (missing.Count > 0)
        {
            people.WriteLine();
            foreach (var line in Requirement.Explain(missing))
            {
                people.WriteLine(line);
            }
        }
    }

    private const string Fetched = "fetched when they are needed";

    /// <summary>Of the network that is at hand; without one the programs are all that can be looked for.</summary>
    private static IEnumerable<Requirement> Sets(VerbContext context, ImageOptions options)
    {
        Project project;
        try
        {
            project = Project.Read(context);
        }
        catch (MissingInputException exception)
        {
            context.Output.Note($"note: sets and packages are not looked for: {exception.Message}");
            yield break;
        }

        foreach (var (name, profile) in project.Profiles)
        {
            var inputs = new ProfileInputs(
                context,
                options.Inputs,
                options.Inputs.Apply(context, profile)
            );
            var mayFetch = !options.Inputs.Sets.IsOffline(context);
            var known = inputs.KnownSets();
            if (known.Sets.Count > 0)
            {
                var isHere = known.Sets.All(set => set.State == Sources.Sets.SetState.Cached);
                yield return new Requirement(
                    $"sets of {name}",
                    $"FreeBSD {known.Release} {known.Architecture}",
                    isHere ? known.Directory
                        : mayFetch ? Fetched
                        : null,
                    Advice: $"{string.Join(", ", known.Sets.Select(set => set.FileName))} belong in {known.Directory}"
                );
            }

            if (inputs.Requests.Count > 0)
            {
                var missing = inputs.MissingCatalogues();
                yield return new Requirement(
                    $"packages of {name}",
                    "the profile",
                    missing is not null ? null
                        : mayFetch ? Fetched
                        : "their catalogues are on this machine",
                    Advice: missing
                );
            }
        }
    }
}
