using Appliance.Files;
using Appliance.Lab.Linux;
using Appliance.Rendering.Text;
using Appliance.Verify.Processes;

namespace Appliance.Lab.Daemons;

/// <summary>A program that stays in the foreground: a child of ours, with its words in a log.</summary>
public sealed class ChildDaemon : IAsyncDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    private readonly RunningProcess process;
    private readonly StreamWriter log;

    private ChildDaemon(RunningProcess process, StreamWriter log)
    {
        this.process = process;
        this.log = log;
    }

    public int ProcessId => process.Id;

    /// <summary>Starts it inside a namespace.</summary>
    /// <param name="folder">Where its log goes; made when it is not there.</param>
    public static ChildDaemon Start(
        NetworkNamespace inside,
        string folder,
        HostTools tools,
        ProcessCommand command
    )
    {
        OutputFolder.Create(folder);
        var log = OutputFile.AppendLog(Path.Combine(folder, command.Tool.Name + ".log"));
        var guard = new Lock();
        var process = LabTools
            .Within(inside, tools)
            .Start(
                command,
                (_, line) =>
                {
                    lock (guard)
                    {
                        log.WriteLine(PrintableText.Line(line));
                    }
                }
            );
        return new(process, log);
    }

    public bool IsAlive => !process.Exit.IsCompleted;

    /// <exception cref="ProcessFailedException">It has ended by itself; its last words are in the message.</exception>
    public void CheckAlive()
    {
        if (process.Exit.IsCompleted)
        {
            throw process.Failed("ended by itself");
        }
    }

    /// <summary>Waits until it is ready for what comes next.</summary>
    /// <param name="isReady">Asked again and again.</param>
    /// <exception cref="ProcessFailedException">It has ended by itself instead.</exception>
    public async Task ReadyAsync(Func<Task<bool>> isReady, CancellationToken token)
    {
        while (!await isReady())
        {
            CheckAlive();
            await Task.Delay(BetweenLooks, token);
        }
    }

    /// <summary>Asks it to end, and kills it when it has not within the limit; then <see cref="DisposeAsync"/>.</summary>
    public async Task EndAsync(TimeSpan limit)
    {
        if (IsAlive)
        {
            await LiveProcess.EndAsync(ProcessId, limit, CancellationToken.None);
        }

        await DisposeAsync();
    }

    /// <summary>Kills it and what it has started, and returns when all of them are gone: another may start in its place.</summary>
    public async ValueTask DisposeAsync()
    {
        // The number of one that has ended may be another's.
        var tree = IsAlive ? new ProcessTree(ProcessId) : null;
        await process.DisposeAsync();
        if (tree is not null)
        {
            await tree.EndAsync(CancellationToken.None);
        }

        await log.DisposeAsync();
    }
}
