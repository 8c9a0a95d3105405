using Appliance.Files;
using Appliance.Lab.Daemons;
using Appliance.Lab.Linux;
using Appliance.Verify.Processes;

namespace Appliance.Lab.Speakers;

/// <summary>An honest neighbor that runs.</summary>
public sealed class Speaker : IAsyncDisposable
{
    /// <summary>It closes its sessions and withdraws its routes.</summary>
    private static readonly TimeSpan BirdLimit = TimeSpan.FromSeconds(3);

    private readonly Func<Task> stop;

    private Speaker(SpeakerKind kind, SpeakerRole role, Func<Task> stop)
    {
        Kind = kind;
        Role = role;
        this.stop = stop;
    }

    public SpeakerKind Kind { get; }

    public SpeakerRole Role { get; }

    /// <summary>It puts what it hears into the kernel's table; others need static routes beside them.</summary>
    public static bool Forwards(SpeakerKind kind) => kind is SpeakerKind.Bird or SpeakerKind.Frr;

    /// <summary>It tells its other neighbors what one tells it.</summary>
    public static bool PassesOn(SpeakerKind kind) => kind != SpeakerKind.ExaBgp;

    /// <summary>The programs that a kind consists of.</summary>
    public static IReadOnlyList<Tool> ToolsOf(SpeakerKind kind) =>
        kind switch
        {
            SpeakerKind.Bird => [Tools.Bird, Tools.BirdControl],
            SpeakerKind.Frr => [Tools.Zebra, Tools.Vtysh],
            SpeakerKind.OpenBgpd => [Tools.OpenBgpControl, Tools.OpenBgpDaemon],
            SpeakerKind.GoBgp => [Tools.GoBgpDaemon, Tools.GoBgp],
            _ => [Tools.ExaBgp],
        };

    /// <summary>Starts a speaker inside a namespace. Its sessions come up by themselves.</summary>
    public static async Task<Speaker> StartAsync(
        SpeakerKind kind,
        SpeakerRole role,
        NetworkNamespace inside,
        HostTools tools,
        CancellationToken token
    )
    {
        OutputFolder.Create(role.Folder);
        var stop = kind switch
        {
            SpeakerKind.Bird => await BirdAsync(role, inside, tools, token),
            SpeakerKind.Frr => await FrrAsync(role, inside, tools, token),
            SpeakerKind.OpenBgpd => OpenBgpd(role, inside, tools),
            SpeakerKind.GoBgp => await GoBgpAsync(role, inside, tools, token),
            _ => ExaBgp(role, inside, tools),
        };
        return new(kind, role, stop);
    }

    /// <summary>Ends it; it closes its sessions, if it can.</summary>
    public async ValueTask DisposeAsync() => await stop();

    private static async Task<Func<Task>> BirdAsync(
        SpeakerRole role,
        NetworkNamespace inside,
        HostTools tools,
        CancellationToken token
    )
    {
        var file = Write(role, "bird.conf", BirdConfiguration.Write(role));
        var control = Path.Combine(role.Folder, "bird.ctl");
        // A predecessor that was killed has left it.
        File.Delete(control);
        // In the foreground: a process that has left its parent can only be found by a file that it writes later.
        var daemon = ChildDaemon.Start(
            inside,
            role.Folder,
            tools,
            new(Tools.Bird, "-f", "-c", file, "-s", control)
        );
        try
        {
            await daemon.ReadyAsync(() => BirdAnswersAsync(control, tools, token), token);
        }
        catch
        {
            await daemon.DisposeAsync();
            throw;
        }

        return () => daemon.EndAsync(BirdLimit);
    }

    /// <summary>It makes its socket first, then reads its configuration, then answers.</summary>
    private static async Task<bool> BirdAnswersAsync(
        string control,
        HostTools tools,
        CancellationToken token
    ) =>
        File.Exists(control)
        && (
            await new ProcessGateway(tools).RunUncheckedAsync(
                new(Tools.BirdControl, "-s", control, "show", "status"),
                token
            )
        ).StandardOutput.Contains("up and running", StringComparison.Ordinal);

    private static async Task<Func<Task>> FrrAsync(
        SpeakerRole role,
        NetworkNamespace inside,
        HostTools tools,
        CancellationToken token
    )
    {
        var router = new FrrRouter(inside, role.Folder, tools);
        try
        {
            await router.StartAsync(FrrSpeakerConfiguration.Write(role), token);
        }
        catch
        {
            await router.StopAsync(CancellationToken.None);
            throw;
        }

        return () => router.StopAsync(CancellationToken.None);
    }

    private static Func<Task> OpenBgpd(SpeakerRole role, NetworkNamespace inside, HostTools tools)
    {
        // It refuses a file that others can read, because of the passwords.
        var file = Write(role, "bgpd.conf", OpenBgpdConfiguration.Write(role));
        OutputFolder.Create(OpenBgpdConfiguration.Prison);
        return Ending(
            ChildDaemon.Start(
                inside,
                role.Folder,
                tools,
                new(Tools.OpenBgpDaemon, "-d", "-v", "-f", file)
            )
        );
    }

    private static async Task<Func<Task>> GoBgpAsync(
        SpeakerRole role,
        NetworkNamespace inside,
        HostTools tools,
        CancellationToken token
    )
    {
        var file = Write(role, "gobgpd.toml", GoBgpConfiguration.Write(role));
        var daemon = ChildDaemon.Start(
            inside,
            role.Folder,
            tools,
            new(
                Tools.GoBgpDaemon,
                "-f",
                file,
                "--log-plain",
                "--pprof-disable",
                "--api-hosts",
                "127.0.0.1:50051"
            )
        );
        try
        {
            await GoBgpNetworks.AnnounceAsync(LabTools.Within(inside, tools), role, daemon, token);
        }
        catch
        {
            await daemon.DisposeAsync();
            throw;
        }

        return Ending(daemon);
    }

    private static Func<Task> ExaBgp(SpeakerRole role, NetworkNamespace inside, HostTools tools)
    {
        var file = Write(role, "exabgp.conf", ExaBgpConfiguration.Write(role));
        return Ending(
            ChildDaemon.Start(
                inside,
                role.Folder,
                tools,
                new(Tools.ExaBgp, file) { Environment = ExaBgpConfiguration.Environment }
            )
        );
    }

    private static string Write(SpeakerRole role, string name, string text)
    {
        var path = Path.Combine(role.Folder, name);
        OutputFile.WriteText(path, text, OutputMode.Secret);
        return path;
    }

    private static Func<Task> Ending(ChildDaemon daemon) => async () => await daemon.DisposeAsync();
}
