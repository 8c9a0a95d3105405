using Appliance.Lab.Linux;
using Appliance.Verify.Processes;

namespace Appliance.Lab.Daemons;

/// <summary>A program that stays in the foreground: a child of ours, with its words in a log.</summary>
internal sealed class ChildDaemon : IAsyncDisposable
{
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
        Directory.CreateDirectory(folder);
        var log = new StreamWriter(Path.Combine(folder, command.Tool.Name + ".log"), append: true)
        {
            AutoFlush = true,
        };
        var guard = new Lock();
        var process = LabTools
            .Within(inside, tools)
            .Start(
                command,
                (_, line) =>
                {
                    lock (guard)
                    {
                        log.WriteLine(line);
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

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        await log.DisposeAsync();
    }
}
