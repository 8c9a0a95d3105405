using System.Diagnostics;

namespace Appliance.Tests.Support;

/// <summary>Waits for something to come true; when it does not in time, the test that waits fails by itself.</summary>
internal static class Wait
{
    public static async Task UntilAsync(Func<bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!condition() && clock.Elapsed < TimeSpan.FromSeconds(30))
        {
            await Task.Delay(20, Need.Token);
        }
    }
}
