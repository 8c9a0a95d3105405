using System.Diagnostics;
using Appliance.Lab.Daemons;
using Appliance.Lab.Linux;
using Appliance.Lab.Topology;
using Appliance.Verify.Processes;

namespace Appliance.Lab.Guests;

/// <summary>
/// root's shell in a virtual machine, over ssh from the world. All commands share one connection, which the lab's keeper
/// holds, because under emulation a handshake takes longer than most commands.
/// </summary>
internal sealed class GuestShell
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly string site;
    private readonly GuestFiles files;
    private readonly GuestAccess access;
    private readonly NetworkNamespace world;
    private readonly HostTools tools;

    public GuestShell(LabPlan plan, string site, HostTools tools)
    {
        this.site = site;
        this.tools = tools;
        files = new(plan.Name, site);
        access = GuestAccess.Of(plan, site);
        world = new(plan.World.Namespace);
    }

    /// <summary>Logs in, and stays.</summary>
    /// <exception cref="LabException">The machine does not let us in within two minutes.</exception>
    public async Task<ChildDaemon> ConnectAsync(CancellationToken token)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var master = ChildDaemon.Start(
                world,
                files.Folder,
                tools,
                new(Tools.Ssh, [.. Options, "-M", "-N", access.Address.ToString()])
            );
            try
            {
                if (await IsUpAsync(master, token))
                {
                    return master;
                }
            }
            catch
            {
                await master.DisposeAsync();
                throw;
            }

            await master.DisposeAsync();
            if (clock.Elapsed > ConnectLimit)
            {
                throw new LabException(
                    LabFault.Failed,
                    $"{site} does not let the lab in over ssh at {access.Address}; its console is in {files.Console}, ssh's words are in {files.Folder}"
                );
            }
        }
    }

    /// <summary>Runs programs of this computer where the machine can be reached from.</summary>
    public ProcessGateway Here => LabTools.Within(world, tools);

    /// <summary>Words of sh(1) there that run the next word as a script in the machine.</summary>
    public string CommandLine =>
        ShellQuoting.Command([tools.Find(Tools.Ssh), .. Options, access.Address.ToString()]);

    /// <summary>Runs a script of sh(1) and leaves the judgement of the exit code to the caller.</summary>
    public Task<ProcessOutcome> RunUncheckedAsync(string script, CancellationToken token) =>
        Here.RunUncheckedAsync(Command(script), token);

    /// <summary>Runs a script of sh(1).</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="ProcessFailedException">It failed.</exception>
    public async Task<string> RunAsync(string script, CancellationToken token) =>
        (await Here.RunAsync(Command(script), token)).StandardOutput;

    /// <summary>A script that gives a file this content; an old one keeps its owner and mode.</summary>
    public static string Write(string path, string content) =>
        $"printf %s {ShellQuoting.Word(content)} > {ShellQuoting.Word(path)}";

    private IReadOnlyList<string> Options =>
        [
            "-F",
            "none",
            "-i",
            files.Key,
            "-S",
            files.Connection,
            "-b",
            access.Source.ToString(),
            "-l",
            "root",
            "-o",
            "BatchMode=yes",
            "-o",
            "IdentitiesOnly=yes",
            // The machine made its key a minute ago, and only we are in this network.
            "-o",
            "StrictHostKeyChecking=no",
            "-o",
            "UserKnownHostsFile=/dev/null",
            "-o",
            "LogLevel=ERROR",
            "-o",
            "ConnectTimeout=20",
            "-o",
            "ServerAliveInterval=15",
        ];

    private ProcessCommand Command(string script) =>
        new(Tools.Ssh, [.. Options, access.Address.ToString(), script])
        {
            TimeLimit = TimeSpan.FromMinutes(2),
        };

    private async Task<bool> IsUpAsync(ChildDaemon master, CancellationToken token)
    {
        while (master.IsAlive)
        {
            if (File.Exists(files.Connection))
            {
                return true;
            }

            await Task.Delay(BetweenLooks, token);
        }

        return false;
    }
}
