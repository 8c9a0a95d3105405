using System.CommandLine;
using Appliance.Cli.Answers;
using Appliance.Cli.Terminal;
using Appliance.Lab.Running;
using Appliance.Lab.Topology;

namespace Appliance.Cli.Verbs;

/// <summary><c>lab status</c>: the picture of a lab and its sessions.</summary>
internal static class LabStatusVerb
{
    public static Command Create(VerbRunner runner)
    {
        var name = LabOptions.Name(LabNames.Default);
        var command = new Command(
            "status",
            """
            Show the topology of a lab and the state of its sessions

            Exit status 1 means that something of it is not up.

            Examples:
              sudo appliance lab status
              sudo appliance lab status --json | jq '.sessions[] | select(.state != "Established")'
            """
        )
        {
            name,
        };
        runner.SetAction(command, (context, token) => RunAsync(context, context.Get(name)!, token));
        return command;
    }

    private static async Task<int> RunAsync(
        VerbContext context,
        string name,
        CancellationToken token
    )
    {
        var status = await LabStatus.ReadAsync(name, LabOptions.Tools(context), token);
        context.Output.Result(
            AnswerJson.Shapes.LabAnswer,
            () => LabAnswer.Of(status),
            people =>
            {
                people.Write(status.Draw());
                foreach (var missing in status.Missing)
                {
                    people.WriteLine($"missing: namespace {missing}");
                }

                if (!status.State.IsKept)
                {
                    people.WriteLine(
                        $"process {status.State.Keeper}, which kept the lab, is gone: remove the rest with `appliance lab down --name {name}`"
                    );
                }
            }
        );
        return status.IsHealthy ? ExitCodes.Ok : ExitCodes.Failed;
    }
}
