using Appliance.Rendering.Verdicts;
using Appliance.Verify.Console;
using Appliance.Verify.Qemu;
using Appliance.Verify.Verdicts;

namespace Appliance.Verify.Runs;

/// <summary>Watches one boot: until the verdict and the login prompt, or until something says that neither will come.</summary>
internal sealed class BootObserver(
    QemuMachine machine,
    TimeSpan verdictLimit,
    TimeSpan loginLimit,
    Action<string, TimeSpan> report
)
{
    /// <summary>After trouble the console is read on for this long, because the reason often follows.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(2);

    private readonly PhaseTracker phases = new();
    private readonly VerdictReader verdicts = new();
    private readonly List<string> uncleanMounts = [];
    private Verdict? verdict;
    private BootTrouble? trouble;

    public async Task<BootObservation> RunAsync(CancellationToken token)
    {
        if (!await ReadWhileAsync(() => verdict is null && trouble is null, verdictLimit, token))
        {
            return End(
                FormattableString.Invariant(
                    $"no verdict within {verdictLimit.TotalSeconds:0} s{Position()}"
                )
            );
        }

        if (verdict is not null)
        {
            var waiting = () => trouble is null && phases.Current < BootPhase.Login;
            await ReadWhileAsync(waiting, loginLimit, token);
        }

        if (trouble is { } found)
        {
            await ReadWhileAsync(() => true, Aftermath, token);
            return End($"{found.Reason}: {found.Line}");
        }

        return End(verdict is null ? await WhyEndedAsync(token) : null);
    }

    private BootObservation End(string? failure) =>
        new(verdict, failure, phases.Marks, uncleanMounts);

    /// <summary>Handles events while a condition holds.</summary>
    /// <returns>False when the time was up; true when the condition ceased or the console ended.</returns>
    private async Task<bool> ReadWhileAsync(
        Func<bool> condition,
        TimeSpan limit,
        CancellationToken token
    )
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(token);
        timer.CancelAfter(limit);
        try
        {
            while (condition() && await machine.Console.Events.WaitToReadAsync(timer.Token))
            {
                while (condition() && machine.Console.Events.TryRead(out var line))
                {
                    timer.Token.ThrowIfCancellationRequested();
                    Handle(line);
                }
            }

            return true;
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Handle(ConsoleEvent line)
    {
        if (!line.IsPrompt && verdict is null && verdicts.Add(line.Text) is { } found)
        {
            verdict = found;
            phases.Mark(BootPhase.Verdict, line.At);
            report(nameof(BootPhase.Verdict), line.At);
        }

        if (phases.Add(line) is { } phase)
        {
            report(phase.ToString(), line.At);
        }

        if (!line.IsPrompt && TroubleSpotter.IsUncleanMount(line.Text))
        {
            uncleanMounts.Add(line.Text);
        }

        trouble ??= TroubleSpotter.Spot(line);
    }

    private async Task<string> WhyEndedAsync(CancellationToken token)
    {
        if (machine.Console.Flooded)
        {
            return "the console went on and on without a verdict";
        }

        // The console ends a moment before the process does.
        await Task.WhenAny(machine.Exited, Task.Delay(Aftermath, token));
        return machine.ShutdownReason switch
        {
            "guest-shutdown" => $"the machine went off before its verdict{Position()}",
            "guest-reset" => $"the machine restarted before its verdict{Position()}",
            _ => $"QEMU ended before the verdict: {string.Join(' ', machine.Messages.TakeLast(3))}",
        };
    }

    private string Position() =>
        verdicts.MarkerSeen
            ? "; its marker was there, but what followed could not be read"
            : $"; the last stage seen was {phases.Current}";
}
