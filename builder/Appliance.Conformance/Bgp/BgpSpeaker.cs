using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Appliance.Lab;

namespace Appliance.Conformance.Bgp;

/// <summary>
/// A BGP speaker that says exactly what it is told to, right or wrong, and remembers everything it hears. It opens the
/// session itself and does not listen.
/// </summary>
internal sealed class BgpSpeaker : IAsyncDisposable
{
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(200);

    private readonly BgpSpeakerOptions options;
    private readonly NetworkStream stream;
    private readonly SemaphoreSlim sending = new(1, 1);
    private readonly CancellationTokenSource end = new();
    private readonly Dictionary<IPNetwork, BgpMessage> announced = [];
    private readonly Lock guard = new();
    private readonly SemaphoreSlim reading = new(1, 1);
    private readonly Task reader;
    private readonly Task keeper;

    private BgpSpeaker(BgpSpeakerOptions options, NetworkStream stream, BgpOpen peerOpen)
    {
        this.options = options;
        this.stream = stream;
        PeerOpen = peerOpen;
        Heard = new BgpHeard();
        reader = ReadAllAsync();
        keeper = KeepAliveAsync();
    }

    /// <summary>How the router introduced itself.</summary>
    public BgpOpen PeerOpen { get; }

    /// <summary>Everything the router said since.</summary>
    public BgpHeard Heard { get; }

    /// <summary>The session has ended, for whatever reason.</summary>
    public bool IsClosed => reader.IsCompleted;

    /// <summary>Completes when the session has ended.</summary>
    public Task Closed => reader;

    /// <summary>Opens a session, again and again until the router takes it.</summary>
    /// <exception cref="LabException">It did not within <paramref name="limit"/>.</exception>
    public static async Task<BgpSpeaker> EstablishAsync(
        BgpSpeakerOptions options,
        TimeSpan limit,
        CancellationToken token
    )
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var attempt = CancellationTokenSource.CreateLinkedTokenSource(token);
                attempt.CancelAfter(TimeSpan.FromSeconds(3));
                return await TryAsync(options, attempt.Token);
            }
            catch (Exception exception)
                when (IsRefusal(exception) && !token.IsCancellationRequested)
            {
                if (clock.Elapsed > limit)
                {
                    throw new LabException(
                        LabFault.Failed,
                        $"no session from {options.Local} to {options.Peer} within {limit.TotalSeconds:0} s: {exception.Message}",
                        exception
                    );
                }

                await Task.Delay(BetweenAttempts, token);
            }
        }
    }

    /// <summary>One attempt to open a session.</summary>
    public static async Task<BgpSpeaker> TryAsync(
        BgpSpeakerOptions options,
        CancellationToken token
    )
    {
        var socket = await BgpConnection.OpenAsync(options, token);
        var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            await stream.WriteAsync(options.Open.ToMessage().Encode(), token);
            var open = BgpOpen.Parse((await ExpectAsync(stream, BgpMessageType.Open, token)).Body);
            await stream.WriteAsync(BgpMessage.KeepAlive.Encode(), token);
            await ExpectAsync(stream, BgpMessageType.KeepAlive, token);
            return new(options, stream, open);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a message as it is.</summary>
    public Task SendAsync(BgpMessage message, CancellationToken token) =>
        SendAsync(message.Encode(), token);

    /// <summary>Sends octets as they are.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> octets, CancellationToken token)
    {
        await sending.WaitAsync(token);
        try
        {
            await stream.WriteAsync(octets, token);
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>Announces routes, and again whenever the router asks for everything (RFC 2918).</summary>
    public Task AnnounceAsync(Announcement announcement, CancellationToken token)
    {
        var message = announcement.ToUpdate(options).ToMessage();
        lock (guard)
        {
            announced[announcement.Prefix] = message;
        }

        return SendAsync(message, token);
    }

    /// <summary>Stops to take anything from the socket, until what is returned is disposed.</summary>
    public async Task<IDisposable> StopReadingAsync(CancellationToken token)
    {
        await reading.WaitAsync(token);
        return new Released(reading);
    }

    /// <summary>No more keepalives are sent.</summary>
    public bool Silent { get; set; }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await stream.DisposeAsync();
        await Task.WhenAll(reader, keeper);
        end.Dispose();
        sending.Dispose();
        reading.Dispose();
    }

    private static bool IsRefusal(Exception exception) =>
        exception
            is SocketException
                or IOException
                or OperationCanceledException
                or BgpFormatException;

    private static async Task<BgpMessage> ExpectAsync(
        Stream stream,
        BgpMessageType type,
        CancellationToken token
    )
    {
        var message = await BgpMessage.ReadAsync(stream, token);
        return message.Type == type ? message
            : message.Type == BgpMessageType.Notification
                ? throw new IOException(
                    $"the router answered {BgpNotification.Parse(message.Body)}"
                )
            : throw new BgpFormatException($"{message.Type} instead of {type}");
    }

    private async Task ReadAllAsync()
    {
        try
        {
            while (true)
            {
                await reading.WaitAsync(end.Token);
                BgpMessage message;
                try
                {
                    message = await BgpMessage.ReadAsync(stream, end.Token);
                }
                finally
                {
                    reading.Release();
                }

                Heard.Add(message);
                if (message.Type == BgpMessageType.RouteRefresh)
                {
                    await RepeatAsync();
                }
            }
        }
        catch (Exception exception)
            when (IsRefusal(exception) || exception is ObjectDisposedException)
        {
            Heard.End(exception);
        }
    }

    private async Task RepeatAsync()
    {
        List<BgpMessage> messages;
        lock (guard)
        {
            messages = [.. announced.Values];
        }

        try
        {
            foreach (var message in messages)
            {
                await SendAsync(message, end.Token);
            }
        }
        catch (IOException)
        {
            // There may be more to hear before the end.
        }
    }

    private async Task KeepAliveAsync()
    {
        var hold = Math.Min(options.HoldTime, PeerOpen.HoldTime);
        if (hold == 0)
        {
            return;
        }

        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(hold / 3.0));
            while (await timer.WaitForNextTickAsync(end.Token))
            {
                if (!Silent)
                {
                    await SendAsync(BgpMessage.KeepAlive, end.Token);
                }
            }
        }
        catch (Exception exception)
            when (IsRefusal(exception) || exception is ObjectDisposedException)
        {
            // The reader tells why the session ended.
        }
    }

    private sealed class Released(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}
