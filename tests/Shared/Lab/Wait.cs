using System.Diagnostics;

namespace Appliance.Tests.Support;

/// <summary>Polls a condition up to a time limit; the test itself asserts the result.</summary>
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
