namespace Appliance.Sources.Tests.Support;

/// <summary>A clock whose waits of up to ten seconds are over at once; it writes them down. Longer ones are time-outs and never end.</summary>
public sealed class RecordingClock : TimeProvider
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public List<TimeSpan> Waits { get; } = [];

    public override ITimer CreateTimer(
        TimerCallback callback,
        object? state,
        TimeSpan dueTime,
        TimeSpan period
    )
    {
        if (dueTime > Longest)
        {
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        }

        Waits.Add(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
