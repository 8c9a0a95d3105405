using System.Net;
using System.Net.Sockets;
using System.Text;
using Appliance.Rendering.Verdicts;
using Appliance.Verify.Processes;
using Appliance.Verify.Qemu;
using Appliance.Verify.Verdicts;

namespace Appliance.Boot.Tests;

/// <summary>One boot of a disk with media beside it: until the verdict, then to a clean power-off.</summary>
internal static class SeededGuest
{
    /// <summary>Providers' services have this address; the user network of QEMU can be told to be there.</summary>
    private const string Network =
        "user,id=seed,net=169.254.169.0/24,host=169.254.169.254,dhcpstart=169.254.169.20";

    private const string MacAddress = "52:54:00:12:34:56";

    /// <summary>What the guest's only card is plugged into.</summary>
    /// <param name="Processes">Starts QEMU where the other end is.</param>
    /// <param name="Backend">The other end.</param>
    /// <param name="WhileItRuns">Called once between the verdict and the power button.</param>
    internal sealed record Plug(
        ProcessGateway Processes,
        NetworkBackend Backend,
        Func<Task> WhileItRuns
    );

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(25);

    /// <param name="disk">The system's disk; what the guest writes stays on it.</param>
    /// <param name="media">Further disks, read only in effect.</param>
    /// <param name="smbios">Fields of SMBIOS type 1, "manufacturer=Hetzner".</param>
    /// <param name="plug">Another network than QEMU's own.</param>
    /// <param name="network">QEMU's own network in another form.</param>
    /// <param name="whileItRuns">Called once between the verdict and the power button.</param>
    public static async Task<(Verdict Verdict, string Console)> BootAsync(
        string disk,
        IReadOnlyList<string> media,
        string? smbios = null,
        Plug? plug = null,
        string? network = null,
        Func<Task>? whileItRuns = null
    )
    {
        var token = TestContext.Current.CancellationToken;
        await using var machine = await QemuMachine.StartAsync(
            new MachineDescription
            {
                Name = "seed-test",
                Memory = 1024,
                Cpus = 2,
                Disks =
                [
                    new DiskDescription(disk, "raw"),
                    .. media.Select(path => new DiskDescription(path, "raw", Snapshot: true)),
                ],
                Cards = plug is null ? [] : [new NetworkCard(MacAddress, plug.Backend)],
                ExtraArguments =
                [
                    .. plug is not null
                        ? Array.Empty<string>()
                        :
                        [
                            "-netdev",
                            network ?? Network,
                            "-device",
                            $"virtio-net-pci,netdev=seed,mac={MacAddress},romfile=",
                        ],
                    .. smbios is null ? Array.Empty<string>() : ["-smbios", $"type=1,{smbios}"],
                ],
            },
            plug?.Processes ?? new ProcessGateway(HostTools.FromEnvironment()),
            TextWriter.Null,
            TimeProvider.System,
            token
        );
        var (verdict, console) = await ReadAsync(machine, token);
        if ((plug?.WhileItRuns ?? whileItRuns) is { } look)
        {
            await look();
        }

        var off = await machine.PowerOffAsync(TimeSpan.FromMinutes(3), token);
        Assert.True(off.Clean, off.Trouble);
        return (verdict, console);
    }

    /// <summary>A server where a provider's would be, or a skipped test where port 80 of the loopback is taken.</summary>
    public static TcpListener Serve(Func<string, string?> answer)
    {
        var listener = new TcpListener(IPAddress.Loopback, 80);
        try
        {
            listener.Start();
        }
        catch (SocketException exception)
        {
            Assert.Skip($"needs port 80 of the loopback: {exception.Message}");
        }

        _ = Task.Run(async () =>
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await AnswerAsync(client.GetStream(), answer);
            }
        });
        return listener;
    }

    private static async Task AnswerAsync(NetworkStream stream, Func<string, string?> answer)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        var path = (await reader.ReadLineAsync() ?? "").Split(' ').ElementAtOrDefault(1) ?? "";
        while (await reader.ReadLineAsync() is { Length: > 0 })
        {
            // Headers.
        }

        var text = answer(path);
        var body = Encoding.UTF8.GetBytes(text ?? "");
        var head =
            $"HTTP/1.1 {(text is null ? "404 Not Found" : "200 OK")}\r\nContent-Length: {body.Length}\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        await stream.WriteAsync(body);
    }

    private static async Task<(Verdict Verdict, string Console)> ReadAsync(
        QemuMachine machine,
        CancellationToken token
    )
    {
        var reader = new VerdictReader();
        var console = new StringBuilder();
        Verdict? verdict = null;
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(token);
        timer.CancelAfter(Limit);
        await foreach (var line in machine.Console.Events.ReadAllAsync(timer.Token))
        {
            console.AppendLine(line.Text);
            verdict ??= line.IsPrompt ? null : reader.Add(line.Text);
            if (verdict is not null && line.Text.Contains("login:", StringComparison.Ordinal))
            {
                return (verdict, console.ToString());
            }
        }

        Assert.Fail($"no verdict and login prompt:\n{console}");
        throw new InvalidOperationException();
    }
}
