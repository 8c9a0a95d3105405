using System.CommandLine;
using Appliance.Cli.Answers;
using Appliance.Cli.Terminal;
using Appliance.Lab.Linux;
using Appliance.Lab.Running;
using Appliance.Lab.Topology;
using Appliance.Model.Reports;

namespace Appliance.Cli.Verbs;

/// <summary><c>lab down</c>: removes what labs have left, from nothing but the machine's state.</summary>
internal static class LabDownVerb
{
    public static Command Create(VerbRunner runner)
    {
        var name = LabOptions.Name(LabNames.Default);
        var all = new Option<bool>("--all") { Description = "Remove every lab of this machine" };
        var command = new Command(
            "down",
            """
            Take a lab down and remove everything of it, also after a crash

            Namespaces are found by their names and processes by where they live; no file is needed for it.

            Examples:
              sudo appliance lab down
              sudo appliance lab down --all
            """
        )
        {
            name,
            all,
        };
        runner.SetAction(
            command,
            (context, token) => RunAsync(context, context.Get(all), context.Get(name)!, token)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        VerbContext context,
        bool all,
        string name,
        CancellationToken token
    )
    {
        Root.Require();
        var cleaner = new LabCleaner(LabOptions.Tools(context));
        var removed = new List<LabRemains>();
        foreach (var lab in all ? LabCleaner.Labs() : [LabNames.Checked(name)])
        {
            removed.Add(await cleaner.RemoveAsync(lab, token));
        }

        context.Output.Result(
            AnswerJson.Shapes.IReadOnlyListLabRemains,
            () => removed,
            people =>
            {
                foreach (var remains in removed)
                {
                    people.WriteLine(
                        remains.Any
                            ? $"{remains.Lab}: removed {Counted.Of(remains.Namespaces.Count, "namespace")}, ended {Counted.Of(remains.Processes, "process", "processes")}"
                            : $"{remains.Lab}: nothing was there"
                    );
                }
            }
        );
        return ExitCodes.Ok;
    }
}
