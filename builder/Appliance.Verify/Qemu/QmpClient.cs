using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Appliance.Verify.Qemu;

/// <summary>Speaks QEMU's machine protocol (QEMU, docs/interop/qmp-spec): JSON lines both ways.</summary>
public sealed class QmpClient : IAsyncDisposable
{
    private static readonly TimeSpan ReplyLimit = TimeSpan.FromSeconds(30);

    private readonly Stream stream;
    private readonly SemaphoreSlim turn = new(1);
    private readonly ConcurrentQueue<QmpEvent> events = new();
    private readonly TaskCompletionSource greeting = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly Task reading;
    private volatile TaskCompletionSource<Reply>? reply;

    private QmpClient(Stream stream)
    {
        this.stream = stream;
        reading = ReadAsync();
    }

    /// <summary>What QEMU has reported so far, oldest first.</summary>
    public IReadOnlyList<QmpEvent> Events => [.. events];

    /// <summary>Completes when QEMU closed the connection.</summary>
    public Task Closed => reading;

    /// <summary>Takes over a connected stream, waits for the greeting and leaves negotiation mode.</summary>
    /// <exception cref="VerifyException">QEMU does not answer.</exception>
    public static async Task<QmpClient> ConnectAsync(Stream stream, CancellationToken token)
    {
        var client = new QmpClient(stream);
        try
        {
            await client.greeting.Task.WaitAsync(ReplyLimit, token);
            await client.ExecuteAsync("qmp_capabilities", token);
            return client;
        }
        catch (TimeoutException exception)
        {
            await client.DisposeAsync();
            throw new VerifyException(
                VerifyFault.TimeLimit,
                "QEMU's monitor sent no greeting within 30 s",
                exception
            );
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>Executes a command without arguments, such as system_powerdown or quit.</summary>
    /// <returns>False when QEMU is gone, which after quit or a power-off is no error.</returns>
    /// <exception cref="VerifyException">QEMU refused the command or does not answer.</exception>
    public async Task<bool> ExecuteAsync(string command, CancellationToken token) =>
        await AskAsync(command, new JsonObject { ["execute"] = command }, token) is not null;

    /// <summary>Executes a line of QEMU's monitor for people, such as "savevm NAME".</summary>
    /// <returns>What it printed, complaints included; null when QEMU is gone.</returns>
    /// <exception cref="VerifyException">QEMU does not answer.</exception>
    public async Task<string?> ExecuteLineAsync(string line, CancellationToken token)
    {
        var request = new JsonObject
        {
            ["execute"] = "human-monitor-command",
            ["arguments"] = new JsonObject { ["command-line"] = line },
        };
        return (await AskAsync(line, request, token))?.Value.GetString();
    }

    private async Task<Reply?> AskAsync(string name, JsonObject request, CancellationToken token)
    {
        await turn.WaitAsync(token);
        try
        {
            var waiting = new TaskCompletionSource<Reply>(
                TaskCreationOptions.RunContinuationsAsynchronously
            );
            reply = waiting;
            if (reading.IsCompleted)
            {
                return null;
            }

            await stream.WriteAsync(Encoding.UTF8.GetBytes(request.ToJsonString() + "\n"), token);
            var answer = await waiting.Task.WaitAsync(ReplyLimit, token);
            return answer.Error is null
                ? answer
                : throw new VerifyException(
                    VerifyFault.ProcessFailed,
                    $"QEMU refused {name}: {answer.Error}"
                );
        }
        catch (IOException)
        {
            return null;
        }
        catch (TimeoutException exception)
        {
            throw new VerifyException(
                VerifyFault.TimeLimit,
                $"QEMU did not answer {name} within 30 s",
                exception
            );
        }
        finally
        {
            reply = null;
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        await reading;
        turn.Dispose();
    }

    private async Task ReadAsync()
    {
        await Task.Yield();
        try
        {
            using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
            while (await reader.ReadLineAsync() is { } line)
            {
                Handle(line);
            }
        }
        catch (Exception exception)
            when (exception is IOException or ObjectDisposedException or JsonException)
        {
            // The connection ends with the process; what that means is for the owner of the process to say.
        }

        greeting.TrySetException(new IOException("the monitor's connection ended"));
        reply?.TrySetException(new IOException("the monitor's connection ended"));
    }

    private void Handle(string line)
    {
        using var message = JsonDocument.Parse(line);
        var root = message.RootElement;
        if (root.TryGetProperty("QMP", out _))
        {
            greeting.TrySetResult();
        }
        else if (root.TryGetProperty("event", out var name))
        {
            events.Enqueue(new(name.GetString() ?? "", Reason(root)));
        }
        else if (root.TryGetProperty("error", out var error))
        {
            var text = error.TryGetProperty("desc", out var found) ? found.GetString() : null;
            reply?.TrySetResult(new Reply(text ?? "", default));
        }
        else if (root.TryGetProperty("return", out var value))
        {
            reply?.TrySetResult(new Reply(null, value.Clone()));
        }
    }

    /// <param name="Error">Why the command was refused; null: it was not.</param>
    /// <param name="Value">What it returned.</param>
    private sealed record Reply(string? Error, JsonElement Value);

    private static string? Reason(JsonElement root) =>
        root.TryGetProperty("data", out var data) && data.TryGetProperty("reason", out var reason)
            ? reason.GetString()
            : null;
}
