using System.Globalization;
using Appliance.Files;
using Appliance.Lab.Linux;
using Appliance.Rendering.Files.Routing;
using Appliance.Verify.Processes;

namespace Appliance.Lab.Daemons;

/// <summary>
/// Debian's FRR in a namespace, with sockets, configuration and logs in a folder of its own, so that any number of them
/// live side by side. It starts as on a router: daemons first, without a word; then the whole configuration.
/// </summary>
public sealed class FrrRouter : IEdgeRouter
{
    private const string ConfigurationName = "frr.conf";
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly NetworkNamespace inside;
    private readonly ProcessGateway outside;
    private readonly ProcessGateway processes;
    private IReadOnlyList<FrrDaemon> running = [];

    /// <param name="inside">Where the daemons live.</param>
    /// <param name="folder">Theirs alone; made when it is not there.</param>
    public FrrRouter(NetworkNamespace inside, string folder, HostTools tools)
    {
        this.inside = inside;
        Folder = folder;
        outside = new ProcessGateway(tools);
        processes = LabTools.Within(inside, Frr(tools));
    }

    /// <summary>Sockets, process numbers, logs and the configuration.</summary>
    public string Folder { get; }

    /// <summary>The file that the daemons were started with or brought to.</summary>
    public string ConfigurationFile => Path.Combine(Folder, ConfigurationName);

    public double Patience => 1;

    public bool IsWatched => false;

    /// <summary>Version of the FRR that is installed, "8.4.4".</summary>
    /// <exception cref="LabException">It does not say.</exception>
    public static async Task<string> VersionAsync(ProcessGateway processes, CancellationToken token)
    {
        var outcome = await processes.RunAsync(new(Tools.Zebra, "--version"), token);
        var words = outcome.StandardOutput.Split(
            [' ', '\n'],
            StringSplitOptions.RemoveEmptyEntries
        );
        return words.Length > 2 && words[1] == "version"
            ? words[2].Split('-')[0]
            : throw new LabException(
                LabFault.Unsupported,
                $"zebra --version says '{outcome.StandardOutput.Trim()}'"
            );
    }

    /// <summary>Which modules the installed bgpd loads, out of those that an edge may want.</summary>
    public static async Task<IReadOnlyList<string>> ModulesAsync(
        HostTools tools,
        CancellationToken token
    )
    {
        var processes = new ProcessGateway(Frr(tools));
        var found = new List<string>();
        foreach (var module in FrrModules.All)
        {
            // It looks at an empty configuration and ends; what it cannot load it complains of.
            var outcome = await processes.RunUncheckedAsync(
                new(Tools.FrrBgpd, "-M", module, "-C", "-f", "/dev/null"),
                token
            );
            if (outcome.ExitCode == 0)
            {
                found.Add(module);
            }
        }

        return found;
    }

    /// <summary>Starts the daemons that a configuration needs and gives it to them.</summary>
    /// <exception cref="LabException">A command of the configuration is refused.</exception>
    public async Task StartAsync(string configuration, CancellationToken token)
    {
        OutputFolder.Create(Folder);
        OutputFile.WriteText(Path.Combine(Folder, "vtysh.conf"), "");
        OutputFile.WriteText(ConfigurationFile, configuration, OutputMode.Secret);
        await outside.RunAsync(new(Tools.ChangeOwner, "-R", "frr:frr", Folder), token);
        await StartDaemonsAsync(FrrDaemon.For(configuration), token);
        await LoadAsync(token);
    }

    /// <summary>Starts daemons that are not running; they know nothing yet.</summary>
    public async Task StartDaemonsAsync(IReadOnlyList<FrrDaemon> daemons, CancellationToken token)
    {
        foreach (var daemon in daemons)
        {
            if (ProcessId(daemon) is { } predecessor)
            {
                await LiveProcess.EndAsync(predecessor, StopLimit, token);
            }

            // Before it is started: one that fails half-way is ended as well.
            running = [.. running.Where(item => item.Name != daemon.Name), daemon];
            await processes.RunAsync(
                new(
                    daemon.Tool,
                    [
                        "-d",
                        "-f",
                        "/dev/null",
                        "-i",
                        PidFile(daemon),
                        "-z",
                        Path.Combine(Folder, "zserv.api"),
                        "--vty_socket",
                        Folder,
                        "-P",
                        "0",
                        "--log",
                        $"file:{Path.Combine(Folder, daemon.Name + ".log")}",
                        .. daemon.Arguments,
                    ]
                ),
                token
            );
        }
    }

    /// <summary>Gives the daemons the configuration file, as the router's rc script does.</summary>
    /// <exception cref="LabException">A command is refused.</exception>
    public Task LoadAsync(CancellationToken token) => LoadAsync([], token);

    public Task KillAsync(FrrDaemon daemon, CancellationToken token) =>
        LiveProcess.KillAsync(Require(daemon), token);

    public Task HangAsync(FrrDaemon daemon, CancellationToken token)
    {
        LiveProcess.Hang(Require(daemon));
        return Task.CompletedTask;
    }

    public async Task ReviveAsync(FrrDaemon daemon, CancellationToken token)
    {
        var all = running;
        if (ProcessId(daemon) is { } left)
        {
            await LiveProcess.EndAsync(left, TimeSpan.Zero, token);
        }

        if (daemon.Name == FrrDaemon.Zebra.Name)
        {
            await StopAsync(token);
            await StartDaemonsAsync(all, token);
            await LoadAsync(token);
            return;
        }

        // With the modules that it had before.
        await StartDaemonsAsync([all.First(item => item.Name == daemon.Name)], token);
        running = all;
        await LoadAsync(["-d", daemon.Name], token);
    }

    /// <summary>Brings the daemons to another configuration as an operator would, by the difference.</summary>
    public async Task ReloadAsync(string configuration, CancellationToken token)
    {
        OutputFile.WriteText(ConfigurationFile, configuration, OutputMode.Secret);
        await outside.RunAsync(
            new(
                Tools.FrrReload,
                "--reload",
                "--vty_socket",
                Folder,
                "--bindir",
                Path.GetDirectoryName(outside.Tools.Find(Tools.Vtysh))!,
                "--confdir",
                Folder,
                "--rundir",
                Folder,
                ConfigurationFile
            ),
            token
        );
    }

    /// <summary>Runs commands of configuration or of operation; what they print comes back.</summary>
    public async Task<string> CommandAsync(
        CancellationToken token,
        params IReadOnlyList<string> commands
    )
    {
        var outcome = await outside.RunAsync(
            new(
                Tools.Vtysh,
                ["--vty_socket", Folder, .. commands.SelectMany(command => new[] { "-c", command })]
            ),
            token
        );
        return outcome.StandardOutput;
    }

    /// <summary>Runs commands from a file, such as a piece of configuration.</summary>
    /// <exception cref="LabException">One of them is refused.</exception>
    public async Task ApplyAsync(IReadOnlyList<string> lines, CancellationToken token)
    {
        var path = Path.Combine(Folder, "change.conf");
        OutputFile.WriteText(
            path,
            string.Concat(lines.Select(line => line + "\n")),
            OutputMode.Secret
        );
        this.CheckTaken(
            await outside.RunUncheckedAsync(
                new(Tools.Vtysh, "--vty_socket", Folder, "-f", path),
                token
            )
        );
    }

    /// <summary>The system's number of a daemon, or null when it does not run.</summary>
    public int? ProcessId(FrrDaemon daemon) => LiveProcess.FromFile(PidFile(daemon));

    public Task<int?> ProcessIdAsync(FrrDaemon daemon, CancellationToken token) =>
        Task.FromResult(ProcessId(daemon));

    public async Task<IReadOnlyList<KernelRoute>> KernelRoutesAsync(CancellationToken token)
    {
        var routes = new List<KernelRoute>();
        foreach (var ipv6 in new[] { false, true })
        {
            var outcome = await processes.RunAsync(
                new(Tools.Ip, "-json", ipv6 ? "-6" : "-4", "route", "show"),
                token
            );
            routes.AddRange(LinuxRoutes.Read(outcome.StandardOutput, ipv6));
        }

        return routes;
    }

    public Task<long> UnsentAsync(int localPort, CancellationToken token) =>
        Task.FromResult(TcpQueues.Unsent(inside, localPort));

    public Task<TcpSignatures> SignaturesAsync(CancellationToken token) =>
        Task.FromResult(TcpSignatureCounters.Read(inside));

    /// <summary>Ends all daemons, politely: they take back what they told their neighbors and the kernel.</summary>
    public async Task StopAsync(CancellationToken token)
    {
        foreach (var daemon in running.Reverse())
        {
            if (ProcessId(daemon) is { } process)
            {
                await LiveProcess.EndAsync(process, StopLimit, token);
            }

            File.Delete(PidFile(daemon));
        }

        running = [];
    }

    /// <summary>The daemons that run now.</summary>
    public IReadOnlyList<FrrDaemon> Running => running;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"FRR in {inside.Name}");

    private int Require(FrrDaemon daemon) =>
        ProcessId(daemon)
        ?? throw new LabException(LabFault.Failed, $"{daemon.Name} of {this} does not run");

    /// <summary>OpenBGPD's bgpd may be on the search path, too.</summary>
    private static HostTools Frr(HostTools tools) =>
        new($"{LabTools.FrrFolder}:{tools.SearchPath}");

    private async Task LoadAsync(IReadOnlyList<string> options, CancellationToken token) =>
        this.CheckTaken(
            await outside.RunUncheckedAsync(
                new(
                    Tools.Vtysh,
                    ["--vty_socket", Folder, "--config_dir", Folder, "-b", .. options]
                ),
                token
            )
        );

    private string PidFile(FrrDaemon daemon) => Path.Combine(Folder, daemon.Name + ".pid");
}
