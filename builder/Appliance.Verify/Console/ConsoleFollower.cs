using System.Globalization;
using System.Threading.Channels;
using Appliance.Rendering.Text;

namespace Appliance.Verify.Console;

/// <summary>
/// Follows a serial console: every line with the time at which it ended, prompts once the guest falls silent, a log file, and
/// the last lines for reports.
/// </summary>
public sealed class ConsoleFollower : IAsyncDisposable
{
    /// <summary>16 MiB: a boot says less than 64 KiB.</summary>
    public const long DefaultMostBytes = 16 << 20;

    /// <summary>Lines that are kept in memory for reports.</summary>
    private const int KeptLines = 500;

    /// <summary>Silence after which an unfinished line counts as a prompt.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(500);

    private readonly Stream stream;
    private readonly TextWriter log;
    private readonly TimeProvider clock;
    private readonly long start;
    private readonly long mostBytes;
    private readonly ConsoleCleaner cleaner = new();
    private readonly Channel<ConsoleEvent> events = Channel.CreateBounded<ConsoleEvent>(4096);
    private readonly CancellationTokenSource stop = new();
    private readonly Queue<string> lastLines = new();
    private readonly Lock guard = new();
    private readonly Task following;
    private long bytes;

    /// <summary>Starts to follow.</summary>
    /// <param name="stream">The console; disposed with this.</param>
    /// <param name="log">Receives every line with its time; disposed with this.</param>
    /// <param name="clock">Where the times come from.</param>
    /// <param name="mostBytes">More output than this ends the following: a guest that never stops would fill the disk.</param>
    public ConsoleFollower(
        Stream stream,
        TextWriter log,
        TimeProvider clock,
        long mostBytes = DefaultMostBytes
    )
    {
        this.stream = stream;
        this.log = log;
        this.clock = clock;
        this.mostBytes = mostBytes;
        start = clock.GetTimestamp();
        following = FollowAsync();
    }

    /// <summary>Time since the machine was switched on.</summary>
    public TimeSpan Elapsed => clock.GetElapsedTime(start);

    /// <summary>True when the guest said more than the limit.</summary>
    public bool Flooded { get; private set; }

    /// <summary>What appeared, until the machine is gone or <see cref="Flooded"/>.</summary>
    public ChannelReader<ConsoleEvent> Events => events.Reader;

    /// <summary>The last lines, without times; the unfinished one last.</summary>
    public IReadOnlyList<string> LastLines
    {
        get
        {
            lock (guard)
            {
                return [.. lastLines];
            }
        }
    }

    /// <summary>Types on the console.</summary>
    /// <exception cref="IOException">The machine is gone.</exception>
    public async Task SendAsync(string text, CancellationToken token) =>
        await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), token);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await following;
        await stream.DisposeAsync();
        await log.DisposeAsync();
        stop.Dispose();
    }

    private async Task FollowAsync()
    {
        await Task.Yield();
        try
        {
            await ReadAsync(stop.Token);
        }
        catch (Exception exception)
            when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The stream ends with the machine.
        }
        finally
        {
            await FinishAsync();
        }
    }

    private async Task ReadAsync(CancellationToken token)
    {
        var buffer = new byte[16 << 10];
        var reported = "";
        var reading = stream.ReadAsync(buffer, token).AsTask();
        while (true)
        {
            if (await IsSilentAsync(reading, token) && cleaner.Unfinished is var prompt)
            {
                if (prompt.Length > 0 && prompt != reported)
                {
                    reported = prompt;
                    await events.Writer.WriteAsync(new(Elapsed, prompt, IsPrompt: true), token);
                }
            }

            var count = await reading;
            if (count == 0)
            {
                return;
            }

            foreach (var line in cleaner.Add(buffer.AsSpan(0, count)))
            {
                reported = "";
                await PublishAsync(line, token);
            }

            bytes += count;
            if (bytes > mostBytes)
            {
                Flooded = true;
                return;
            }

            reading = stream.ReadAsync(buffer, token).AsTask();
        }
    }

    private static async Task<bool> IsSilentAsync(Task reading, CancellationToken token)
    {
        if (reading.IsCompleted)
        {
            return false;
        }

        using var pause = CancellationTokenSource.CreateLinkedTokenSource(token);
        var first = await Task.WhenAny(reading, Task.Delay(Silence, pause.Token));
        await pause.CancelAsync();
        return first != reading;
    }

    private async Task PublishAsync(string line, CancellationToken token)
    {
        var at = Elapsed;
        Keep(line);
        await WriteToLogAsync(at, line);
        await events.Writer.WriteAsync(new(at, line), token);
    }

    private async Task FinishAsync()
    {
        if (cleaner.Unfinished is { Length: > 0 } rest)
        {
            var at = Elapsed;
            Keep(rest);
            await WriteToLogAsync(at, rest);
            events.Writer.TryWrite(new(at, rest));
        }

        if (Flooded)
        {
            await log.WriteLineAsync("… the guest said more than is kept …");
        }

        await log.FlushAsync();
        events.Writer.TryComplete();
    }

    private Task WriteToLogAsync(TimeSpan at, string line) =>
        log.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{at.TotalSeconds, 9:0.000} {PrintableText.Line(line)}"
            )
        );

    private void Keep(string line)
    {
        lock (guard)
        {
            lastLines.Enqueue(line);
            if (lastLines.Count > KeptLines)
            {
                lastLines.Dequeue();
            }
        }
    }
}
