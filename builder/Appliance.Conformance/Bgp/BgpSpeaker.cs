using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Appliance.Lab;

namespace Appliance.Conformance.Bgp;

/// <summary>
/// A BGP speaker that sends any message, valid or not, and logs everything it receives. It opens the session itself and
/// does not listen.
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
        Log = new BgpSessionLog();
        reader = ReadAllAsync();
        keeper = KeepAliveAsync();
    }

    /// <summary>The router's OPEN.</summary>
    public BgpOpen PeerOpen { get; }

    /// <summary>Everything received from the router since.</summary>
    public BgpSessionLog Log { get; }

    /// <summary>The session has ended, for whatever reason.</summary>
    public bool IsClosed => reader.IsCompleted;

    /// <summary>Completes when the session has ended.</summary>
    public Task Closed => reader;

    /// <summary>Opens a session, with retries until the router accepts it.</summary>
    /// <exception cref="LabException">The router did not accept it within <paramref name="limit"/>.</exception>
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

    /// <summary>Attempts once to open a session.</summary>
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

    /// <summary>Announces a route, and repeats it on every route refresh (RFC 2918).</summary>
    public Task AnnounceAsync(Announcement announcement, CancellationToken token)
    {
        var message = announcement.ToUpdate(options).ToMessage();
        lock (guard)
        {
            announced[announcement.Prefix] = message;
        }

        return SendAsync(message, token);
    }

    /// <summary>Stops reading from the socket until the result is disposed.</summary>
    public async Task<IDisposable> StopReadingAsync(CancellationToken token)
    {
        await reading.WaitAsync(token);
        return new Released(reading);
    }

    /// <summary>Whether keepalives are suppressed.</summary>
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

                Log.Add(message);
                if (message.Type == BgpMessageType.RouteRefresh)
                {
                    await RepeatAsync();
                }
            }
        }
        catch (Exception exception)
            when (IsRefusal(exception) || exception is ObjectDisposedException)
        {
            Log.End(exception);
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
            // There may be more to read before the end.
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
            // The reader logs why the session ended.
        }
    }

    private sealed class Released(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}
