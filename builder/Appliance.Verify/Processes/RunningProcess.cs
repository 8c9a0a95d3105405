using System.Text;
using CliWrap;

namespace Appliance.Verify.Processes;

/// <summary>A child process that runs beside us, such as a virtual machine. Disposing kills it and its children.</summary>
public sealed class RunningProcess : IAsyncDisposable
{
    /// <summary>Lines of both streams that are kept for errors.</summary>
    private const int KeptLines = 200;

    private readonly CancellationTokenSource kill = new();
    private readonly Queue<string> lastLines = new();
    private readonly Lock guard = new();
    private readonly Action<ProcessStream, string>? onLine;
    private CommandTask<CommandResult>? task;

    private RunningProcess(ProcessCommand command, Action<ProcessStream, string>? onLine)
    {
        Command = command;
        this.onLine = onLine;
        Exit = null!;
    }

    public ProcessCommand Command { get; }

    /// <summary>The system's number of the process.</summary>
    public int Id => task!.ProcessId;

    /// <summary>Completes with the exit code once the process ended and its streams are read; −1 when it was killed.</summary>
    public Task<int> Exit { get; private set; }

    /// <summary>The last lines of both streams, in order of arrival.</summary>
    public IReadOnlyList<string> LastLines
    {
        get
        {
            lock (guard)
            {
                return [.. lastLines];
            }
        }
    }

    internal static RunningProcess Start(
        ProcessCommand command,
        Command prepared,
        Action<ProcessStream, string>? onLine
    )
    {
        var running = new RunningProcess(command, onLine);
        running.task = prepared
            .WithStandardOutputPipe(running.Lines(ProcessStream.StandardOutput))
            .WithStandardErrorPipe(running.Lines(ProcessStream.StandardError))
            .ExecuteAsync(running.kill.Token);
        running.Exit = running.WaitAsync();
        return running;
    }

    /// <summary>The error for a process that ended when it should not have.</summary>
    public ProcessFailedException Failed(string reason) =>
        new(
            VerifyFault.ProcessFailed,
            Command.Quoted,
            reason,
            new(
                Exit.IsCompletedSuccessfully ? Exit.Result : -1,
                "",
                string.Join('\n', LastLines),
                TimeSpan.Zero
            )
        );

    /// <summary>Kills the process and its children, and returns when they are gone.</summary>
    public async Task KillAsync()
    {
        await kill.CancelAsync();
        await Exit;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        kill.Dispose();
    }

    private async Task<int> WaitAsync()
    {
        using var watched = ChildWatch.Add(task!.ProcessId);
        try
        {
            return (await task).ExitCode;
        }
        catch (OperationCanceledException)
        {
            return -1;
        }
    }

    private PipeTarget Lines(ProcessStream stream) =>
        PipeTarget.ToDelegate(line => Keep(stream, line), Encoding.UTF8);

    private void Keep(ProcessStream stream, string line)
    {
        lock (guard)
        {
            lastLines.Enqueue(line);
            if (lastLines.Count > KeptLines)
            {
                lastLines.Dequeue();
            }
        }

        onLine?.Invoke(stream, line);
    }
}
