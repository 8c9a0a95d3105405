using System.Globalization;
using System.Text;
using Appliance.FirstBoot.Machine;

namespace Appliance.FirstBoot.Kernel;

/// <summary>Takes snapshots with the tools of the base system.</summary>
internal sealed class KernelReader(IMachine machine)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly List<(string Program, string Problem)> problems = [];

    public KernelSnapshot Read(SnapshotRequest request)
    {
        problems.Clear();
        var snapshot = new KernelSnapshot
        {
            Interfaces = Interfaces(),
            Routes = [.. Enumerable.Range(0, request.Fibs).Select(Routes)],
            Modules = ModuleListParser.Parse(Output("/sbin/kldstat", "-v")),
            Sysctls = Sysctls(request.Sysctls),
            LoaderVariables = SettingListParser.Parse(Output("/bin/kenv")),
            PacketFilter = PacketFilter(),
            Sockets = Guard(
                "sockstat",
                () =>
                    SocketListParser.Parse(Output("/usr/bin/sockstat", "--libxo", "json", "-46ln"))
            ),
            Jails = request.Jails ? Jails() : [],
            RoutingDaemons = request.Routing ? RoutingDaemons() : new HashSet<string>(),
            PackageScripts = PackageScripts(),
            Files = Files(request.Files),
            Contents = request.Files.ToDictionary(path => path, Content),
            RootPassword = RootPassword(),
        };
        return snapshot with { Problems = [.. problems] };
    }

    /// <summary>The interfaces alone, for finding devices before anything is configured.</summary>
    public IReadOnlyList<InterfaceState> Interfaces() =>
        InterfaceListParser.Parse(Output("/sbin/ifconfig", "-a"));

    private IReadOnlyList<RouteEntry> Routes(int fib) =>
        Guard(
            "netstat",
            () =>
                RouteTableParser.Parse(
                    // Some builds of netstat refuse "-F 0"; setfib(8) works for every table.
                    Output(
                        "/usr/sbin/setfib",
                        fib.ToString(CultureInfo.InvariantCulture),
                        "/usr/bin/netstat",
                        "--libxo",
                        "json",
                        "-rnW"
                    )
                )
        );

    private IReadOnlyDictionary<string, string> Sysctls(IReadOnlyList<string> names)
    {
        // An unknown name makes sysctl fail after it has printed the others; its check says so.
        var result = machine.Run("/sbin/sysctl", ["-e", .. names], Limit);
        return SettingListParser.Parse(result.Output);
    }

    private PacketFilterState PacketFilter() =>
        new(
            PacketFilterParser.IsEnabled(Output("/sbin/pfctl", "-si")),
            [
                .. PacketFilterParser.Rules(Output("/sbin/pfctl", "-sn")),
                .. PacketFilterParser.Rules(Output("/sbin/pfctl", "-sr")),
            ],
            PacketFilterParser.Rules(Output("/sbin/pfctl", "-nvf", "/etc/pf.conf"))
        );

    private IReadOnlyList<JailState> Jails() =>
        JailListParser.Parse(
            Output("/usr/sbin/jls", "jid", "name", "ip6.addr"),
            Output("/bin/ps", "-ax", "-o", "jid=", "-o", "fib=")
        );

    /// <summary>Without an argument FRR's rc script speaks of watchfrr, with "all" of the others.</summary>
    private HashSet<string> RoutingDaemons()
    {
        // It fails as soon as one does not run; the check of that one says so.
        var supervisor = machine.Run("/usr/sbin/service", ["frr", "status"], Limit);
        var daemons = machine.Run("/usr/sbin/service", ["frr", "status", "all"], Limit);
        return DaemonListParser.Running(supervisor.Output + daemons.Output);
    }

    private Dictionary<string, string?> PackageScripts()
    {
        const string Scripts = "/usr/local/share/appliance/package-scripts";
        const string Results = "/var/db/appliance/package-scripts";
        return machine.Mode(Scripts) is null
            ? []
            : Output("/bin/ls", Scripts)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .ToDictionary(name => name, name => Content($"{Results}/{name}"));
    }

    private IReadOnlyDictionary<string, FileFacts> Files(IReadOnlyList<string> paths)
    {
        // Files that are missing make stat fail after it has printed the others; their checks say so.
        var result = machine.Run("/usr/bin/stat", ["-f", FileListParser.Format, .. paths], Limit);
        return FileListParser.Parse(result.Output);
    }

    private string? Content(string path) =>
        machine.Read(path) is { } content ? Encoding.UTF8.GetString(content) : null;

    private string? RootPassword() =>
        Output("/usr/bin/getent", "passwd", "root").Split(':') is [_, var field, _, ..]
            ? field
            : null;

    private string Output(string program, params string[] arguments)
    {
        var result = machine.Run(program, arguments, Limit);
        if (!result.Succeeded)
        {
            var name = program[(program.LastIndexOf('/') + 1)..];
            problems.Add((name, $"{string.Join(' ', arguments)}: {result.Complaint}"));
        }

        return result.Output;
    }

    private IReadOnlyList<T> Guard<T>(string program, Func<IReadOnlyList<T>> read)
    {
        try
        {
            return read();
        }
        catch (FirstBootException exception)
        {
            problems.Add((program, exception.Message));
            return [];
        }
    }
}
