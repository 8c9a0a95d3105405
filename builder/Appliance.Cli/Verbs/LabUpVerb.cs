using System.CommandLine;
using Appliance.Cli.Answers;
using Appliance.Cli.Terminal;
using Appliance.Lab.Running;
using Appliance.Lab.Topology;

namespace Appliance.Cli.Verbs;

/// <summary><c>lab up</c>: brings a lab up and keeps it until it is interrupted.</summary>
internal static class LabUpVerb
{
    private static readonly TimeSpan SessionLimit = TimeSpan.FromSeconds(30);

    public static Command Create(VerbRunner runner)
    {
        var options = new LabOptions(LabNames.Default);
        var command = new Command(
            "up",
            """
            Bring the network up and keep it, until Ctrl-C or `appliance lab down`

            Examples:
              sudo appliance lab up
              sudo appliance lab up --network as64500.yaml --speaker ifog=gobgp
              sudo appliance lab up --vm router01
              sudo ip netns exec appliance-lab.lab.router01 vtysh --vty_socket /run/appliance-lab/lab/router01
            """
        );
        options.AddTo(command);
        runner.SetAction(
            command,
            (context, token) => RunAsync(context, options, token),
            ExampleUse.SaidAloud
        );
        return command;
    }

    private static async Task<int> RunAsync(
        VerbContext context,
        LabOptions options,
        CancellationToken token
    )
    {
        var request = await options.RequestAsync(context, token);
        await using var lab = await StartAsync(context, request, token);
        await lab.WaitForSessionsAsync(SessionLimit, token);
        var status = await LabStatus.ReadAsync(request.Plan.Name, request.Tools, token);
        context.Output.Result(
            AnswerJson.Shapes.LabAnswer,
            () => LabAnswer.Of(status),
            people =>
            {
                people.Write(status.Draw());
                people.WriteLine();
                people.WriteLine(
                    $"The lab '{request.Plan.Name}' is up; Ctrl-C takes it down. Files: {lab.Folder}"
                );
            }
        );
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
        }
        catch (OperationCanceledException)
        {
            context.Output.Note($"taking the lab '{request.Plan.Name}' down");
        }

        return ExitCodes.Ok;
    }

    /// <summary>Brings a lab up and shows how.</summary>
    public static async Task<RunningLab> StartAsync(
        VerbContext context,
        LabRequest request,
        CancellationToken token
    )
    {
        using var display = new ProgressDisplay(context.Output);
        return await RunningLab.StartAsync(
            request,
            new SynchronousProgress<string>(step => display.Report(step)),
            token
        );
    }
}
