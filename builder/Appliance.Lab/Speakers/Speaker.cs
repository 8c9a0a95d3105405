using Appliance.Lab.Daemons;
using Appliance.Lab.Linux;
using Appliance.Verify.Processes;

namespace Appliance.Lab.Speakers;

/// <summary>An honest neighbor that runs.</summary>
public sealed class Speaker : IAsyncDisposable
{
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
            SpeakerKind.ExaBgp => [Tools.ExaBgp],
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
        Directory.CreateDirectory(role.Folder);
        var stop = kind switch
        {
            SpeakerKind.Bird => await BirdAsync(role, inside, tools, token),
            SpeakerKind.Frr => await FrrAsync(role, inside, tools, token),
            SpeakerKind.OpenBgpd => await OpenBgpdAsync(role, inside, tools, token),
            SpeakerKind.GoBgp => await GoBgpAsync(role, inside, tools, token),
            SpeakerKind.ExaBgp => await ExaBgpAsync(role, inside, tools, token),
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
        var file = await WriteAsync(role, "bird.conf", BirdConfiguration.Write(role), token);
        var pidFile = Path.Combine(role.Folder, "bird.pid");
        await LabTools
            .Within(inside, tools)
            .RunAsync(
                new(
                    Tools.Bird,
                    "-c",
                    file,
                    "-s",
                    Path.Combine(role.Folder, "bird.ctl"),
                    "-P",
                    pidFile
                ),
                token
            );
        return async () =>
        {
            if (LiveProcess.FromFile(pidFile) is { } process)
            {
                await LiveProcess.EndAsync(
                    process,
                    TimeSpan.FromSeconds(3),
                    CancellationToken.None
                );
            }
        };
    }

    private static async Task<Func<Task>> FrrAsync(
        SpeakerRole role,
        NetworkNamespace inside,
        HostTools tools,
        CancellationToken token
    )
    {
        var router = new FrrRouter(inside, role.Folder, tools);
        await router.StartAsync(FrrSpeakerConfiguration.Write(role), token);
        return () => router.StopAsync(CancellationToken.None);
    }

    private static async Task<Func<Task>> OpenBgpdAsync(
        SpeakerRole role,
        NetworkNamespace inside,
        HostTools tools,
        CancellationToken token
    )
    {
        var file = await WriteAsync(role, "bgpd.conf", OpenBgpdConfiguration.Write(role), token);
        Directory.CreateDirectory(OpenBgpdConfiguration.Prison);
        // It refuses a file that others can read, because of the passwords.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

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
        var file = await WriteAsync(role, "gobgpd.toml", GoBgpConfiguration.Write(role), token);
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

    private static async Task<Func<Task>> ExaBgpAsync(
        SpeakerRole role,
        NetworkNamespace inside,
        HostTools tools,
        CancellationToken token
    )
    {
        var file = await WriteAsync(role, "exabgp.conf", ExaBgpConfiguration.Write(role), token);
        return Ending(
            ChildDaemon.Start(
                inside,
                role.Folder,
                tools,
                new(Tools.ExaBgp, file) { Environment = ExaBgpConfiguration.Environment }
            )
        );
    }

    private static async Task<string> WriteAsync(
        SpeakerRole role,
        string name,
        string text,
        CancellationToken token
    )
    {
        var path = Path.Combine(role.Folder, name);
        await File.WriteAllTextAsync(path, text, token);
        return path;
    }

    private static Func<Task> Ending(ChildDaemon daemon) => async () => await daemon.DisposeAsync();
}
