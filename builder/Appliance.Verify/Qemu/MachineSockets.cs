using System.Net.Sockets;
using System.Text;
using Appliance.Files;
using Appliance.Verify.Processes;

namespace Appliance.Verify.Qemu;

/// <summary>
/// The sockets on which we wait for QEMU. We listen and QEMU connects before the guest starts, so that nothing the guest says is
/// lost and nobody has to guess when a socket exists.
/// </summary>
internal sealed class MachineSockets : IDisposable
{
    /// <summary>Bytes of a socket's path that every system accepts (sun_path is 104 on the BSDs, 108 on Linux).</summary>
    private const int LongestPath = 100;

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo folder;
    private readonly Socket console;
    private readonly Socket monitor;

    /// <param name="place">A folder that is made for them, and goes with them; null: a temporary one.</param>
    public MachineSockets(string? place = null)
    {
        folder = place is null
            ? new(OutputFolder.CreateTemporary("appliance-"))
            : new(OutputFolder.Create(place));
        Endpoints = new(
            Path.Combine(folder.FullName, "console"),
            Path.Combine(folder.FullName, "monitor")
        );
        try
        {
            console = Listen(Endpoints.Console);
            monitor = Listen(Endpoints.Monitor);
        }
        catch
        {
            console?.Dispose();
            folder.Delete(recursive: true);
            throw;
        }
    }

    public MachineEndpoints Endpoints { get; }

    /// <summary>Waits until QEMU has connected to both.</summary>
    /// <exception cref="ProcessFailedException">QEMU ended instead.</exception>
    public async Task<(Stream Console, Stream Monitor)> AcceptAsync(
        RunningProcess qemu,
        CancellationToken token
    )
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(token);
        giveUp.CancelAfter(ConnectLimit);
        var both = Task.WhenAll(
            AcceptAsync(console, giveUp.Token),
            AcceptAsync(monitor, giveUp.Token)
        );
        if (await Task.WhenAny(both, qemu.Exit) == qemu.Exit)
        {
            await giveUp.CancelAsync();
            await CloseAsync(both);
            throw qemu.Failed("ended at once");
        }

        try
        {
            var streams = await both;
            return (streams[0], streams[1]);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw qemu.Failed("did not connect to its console within 30 s");
        }
    }

    public void Dispose()
    {
        console.Dispose();
        monitor.Dispose();
        // Whoever named the place may have removed it with all that was there.
        if (Directory.Exists(folder.FullName))
        {
            folder.Delete(recursive: true);
        }
    }

    private static Socket Listen(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) > LongestPath)
        {
            throw new VerifyException(
                VerifyFault.BadRequest,
                $"the path of a socket, {path}, is longer than {LongestPath} bytes: set TMPDIR to a shorter folder"
            );
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            socket.Listen(1);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> AcceptAsync(Socket socket, CancellationToken token) =>
        new NetworkStream(await socket.AcceptAsync(token), ownsSocket: true);

    /// <summary>Closes what was accepted before the other side gave up.</summary>
    private static async Task CloseAsync(Task<Stream[]> both)
    {
        try
        {
            foreach (var stream in await both)
            {
                await stream.DisposeAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // Nothing more will be accepted.
        }
    }
}
