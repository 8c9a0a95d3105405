namespace Appliance.Cli.Tests;

/// <summary>A clock that stands at the beginning of a day.</summary>
internal sealed class StoppedClock(DateOnly day) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
