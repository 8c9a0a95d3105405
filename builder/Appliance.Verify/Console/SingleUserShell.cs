using System.Globalization;

namespace Appliance.Verify.Console;

/// <summary>
/// Runs commands as root in a guest that came up in single-user mode (boot_single="YES" in its loader.conf): there /sbin/init
/// starts a shell on the console without asking for a password, as long as ttys(5) calls the console secure. For tests.
/// </summary>
public sealed class SingleUserShell
{
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(5);

    private readonly ConsoleFollower console;
    private int number;

    private SingleUserShell(ConsoleFollower console)
    {
        this.console = console;
    }

    /// <summary>Waits for init's question, takes /bin/sh and makes it fit for conversation.</summary>
    /// <param name="console">The console of a machine that was just switched on; nobody else may read its events.</param>
    /// <param name="limit">From now to the shell's first answer.</param>
    /// <exception cref="VerifyException">The guest panicked, went off, or did not get there in time.</exception>
    public static async Task<SingleUserShell> EnterAsync(
        ConsoleFollower console,
        TimeSpan limit,
        CancellationToken token
    )
    {
        var shell = new SingleUserShell(console);
        using var timer = Timer(limit, token);
        try
        {
            await shell.WaitAsync(IsShellQuestion, timer.Token);
            await console.SendAsync("\n", timer.Token);
            await shell.SetUpAsync(timer.Token);
            return shell;
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw shell.OverTime("reach a single-user shell", limit);
        }
    }

    /// <summary>Runs a command of the guest's /bin/sh with nothing on its standard input.</summary>
    /// <exception cref="VerifyException">The guest went off or did not answer in time.</exception>
    public async Task<ShellOutcome> RunAsync(
        string command,
        TimeSpan limit,
        CancellationToken token
    )
    {
        number++;
        using var timer = Timer(limit, token);
        try
        {
            foreach (var line in ShellScript.Lines(command, number))
            {
                await console.SendAsync(line, timer.Token);
            }

            await WaitAsync(line => IsLine(line, ShellScript.Begin(number)), timer.Token);
            return await CollectAsync(timer.Token);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw OverTime($"finish `{command}`", limit);
        }
    }

    private static bool IsShellQuestion(ConsoleEvent line) =>
        line.Text.Contains("Enter full pathname of shell", StringComparison.Ordinal);

    private static bool IsLine(ConsoleEvent line, string text) =>
        !line.IsPrompt && line.Text.EndsWith(text, StringComparison.Ordinal);

    private static CancellationTokenSource Timer(TimeSpan limit, CancellationToken token)
    {
        var timer = CancellationTokenSource.CreateLinkedTokenSource(token);
        timer.CancelAfter(limit);
        return timer;
    }

    /// <summary>What is typed before the shell reads may be lost, so the first line is repeated until it is answered.</summary>
    private async Task SetUpAsync(CancellationToken token)
    {
        while (true)
        {
            number++;
            await console.SendAsync(ShellScript.Setup(number), token);
            using var attempt = Timer(BetweenAttempts, token);
            try
            {
                await WaitAsync(line => IsLine(line, ShellScript.Ready(number)), attempt.Token);
                return;
            }
            catch (OperationCanceledException) when (!token.IsCancellationRequested)
            {
                // Once more.
            }
        }
    }

    private async Task<ShellOutcome> CollectAsync(CancellationToken token)
    {
        var output = new List<string>();
        while (true)
        {
            var line = await NextAsync(token);
            if (line.IsPrompt)
            {
                continue;
            }

            var end = line.Text.IndexOf(ShellScript.End(number), StringComparison.Ordinal);
            if (end < 0)
            {
                output.Add(line.Text);
                continue;
            }

            var status = line.Text[(end + ShellScript.End(number).Length)..];
            return new(int.Parse(status, CultureInfo.InvariantCulture), Join(output));
        }
    }

    /// <summary>The empty line in front of the end marker is ours.</summary>
    private static string Join(List<string> output)
    {
        if (output.Count > 0 && output[^1].Length == 0)
        {
            output.RemoveAt(output.Count - 1);
        }

        return string.Concat(output.Select(line => line + "\n"));
    }

    private async Task WaitAsync(Func<ConsoleEvent, bool> wanted, CancellationToken token)
    {
        while (await NextAsync(token) is var line && !wanted(line))
        {
            if (TroubleSpotter.Spot(line) is { } trouble && !IsShellQuestion(line))
            {
                throw new VerifyException(VerifyFault.Guest, $"{trouble.Reason}: {trouble.Line}");
            }
        }
    }

    private async Task<ConsoleEvent> NextAsync(CancellationToken token)
    {
        while (await console.Events.WaitToReadAsync(token))
        {
            if (console.Events.TryRead(out var line))
            {
                return line;
            }
        }

        throw new VerifyException(
            VerifyFault.Guest,
            $"the machine went off in the middle of a conversation; its last lines: {LastLines()}"
        );
    }

    private VerifyException OverTime(string what, TimeSpan limit) =>
        new(
            VerifyFault.TimeLimit,
            FormattableString.Invariant(
                $"the guest did not {what} within {limit.TotalSeconds:0} s; its last lines: {LastLines()}"
            )
        );

    private string LastLines() => string.Join(" | ", console.LastLines.TakeLast(10));
}
