using System.ComponentModel;
using System.Globalization;
using System.Text;
using CliWrap;

namespace Appliance.Verify.Processes;

/// <summary>
/// The one way to start a child process: quoted command in every error, clean environment, nothing on standard input,
/// a time limit, and no child left behind, even when this process is killed (<see cref="DeathWatch"/>).
/// </summary>
/// <param name="tools">Where programs are looked for.</param>
/// <param name="launcher">
/// What starts every program, such as <c>ip netns exec NAME</c>; it gets the program's path and its arguments behind its own.
/// </param>
public sealed class ProcessGateway(HostTools tools, ProcessCommand? launcher = null)
{
    public HostTools Tools { get; } = tools;

    /// <summary>Runs a command to its end.</summary>
    /// <exception cref="MissingToolException">The program is not on the search path.</exception>
    /// <exception cref="ProcessFailedException">It could not be started, returned non-zero, or took too long.</exception>
    public async Task<ProcessOutcome> RunAsync(ProcessCommand command, CancellationToken token)
    {
        var outcome = await RunUncheckedAsync(command, token);
        return outcome.ExitCode == 0
            ? outcome
            : throw new ProcessFailedException(
                VerifyFault.ProcessFailed,
                command.Quoted,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"returned exit code {outcome.ExitCode}"
                ),
                outcome
            );
    }

    /// <summary>Runs a command to its end and leaves the judgement of the exit code to the caller.</summary>
    /// <exception cref="MissingToolException">The program is not on the search path.</exception>
    /// <exception cref="ProcessFailedException">It could not be started or took too long.</exception>
    public async Task<ProcessOutcome> RunUncheckedAsync(
        ProcessCommand command,
        CancellationToken token
    )
    {
        var (output, error) = (new StringBuilder(), new StringBuilder());
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(command.TimeLimit);
        var prepared = Prepare(command)
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output, Encoding.UTF8))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(error, Encoding.UTF8));
        try
        {
            var running = prepared.ExecuteAsync(limit.Token);
            using var watched = ChildWatch.Add(running.ProcessId);
            var result = await running;
            return new(result.ExitCode, output.ToString(), error.ToString(), result.RunTime);
        }
        catch (OperationCanceledException exception) when (!token.IsCancellationRequested)
        {
            throw OverTime(command, output, error, exception);
        }
        catch (Win32Exception exception)
        {
            throw NotStarted(command, exception);
        }
    }

    /// <summary>
    /// Starts a long-running process. The time limit of the command does not apply: the caller disposes, which kills
    /// the process and its children if they still run.
    /// </summary>
    /// <param name="command">What to start.</param>
    /// <param name="onLine">Called for every line of both streams, from the reading threads; may be null.</param>
    /// <exception cref="MissingToolException">The program is not on the search path.</exception>
    /// <exception cref="ProcessFailedException">It could not be started.</exception>
    public RunningProcess Start(ProcessCommand command, Action<ProcessStream, string>? onLine)
    {
        try
        {
            return RunningProcess.Start(command, Prepare(command), onLine);
        }
        catch (Win32Exception exception)
        {
            throw NotStarted(command, exception);
        }
    }

    private Command Prepare(ProcessCommand command)
    {
        var program = Tools.Find(command.Tool);
        var prepared = Cli.Wrap(launcher is null ? program : Tools.Find(launcher.Tool))
            .WithArguments(
                launcher is null
                    ? command.Arguments
                    : [.. launcher.Arguments, program, .. command.Arguments]
            )
            .WithEnvironmentVariables(CleanEnvironment.Changes(Tools, command.Environment))
            .WithStandardInputPipe(PipeSource.Null)
            .WithValidation(CommandResultValidation.None);
        return command.WorkingFolder is { } folder
            ? prepared.WithWorkingDirectory(folder)
            : prepared;
    }

    private static ProcessFailedException NotStarted(
        ProcessCommand command,
        Win32Exception exception
    ) =>
        new(
            VerifyFault.ProcessFailed,
            command.Quoted,
            $"could not be started: {exception.Message}",
            null,
            exception
        );

    private static ProcessFailedException OverTime(
        ProcessCommand command,
        StringBuilder output,
        StringBuilder error,
        Exception exception
    ) =>
        new(
            VerifyFault.TimeLimit,
            command.Quoted,
            string.Create(
                CultureInfo.InvariantCulture,
                $"was killed after its time limit of {command.TimeLimit.TotalSeconds:0.#} s"
            ),
            new(-1, output.ToString(), error.ToString(), command.TimeLimit),
            exception
        );
}
