using System.Globalization;
using Appliance.FirstBoot.Checks;

namespace Appliance.FirstBoot.Preflight;

/// <summary>A clock that cannot be right takes certificates, RPKI objects and logs along.</summary>
internal static class ClockCheck
{
    /// <summary>No machine of ours ran before the release that this program began with.</summary>
    private static readonly DateTimeOffset Earliest = new(2025, 12, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Add(CheckList list, DateTimeOffset now) =>
        list.Add(
            "clock",
            now > Earliest && now < Latest,
            $"between {Text(Earliest)} and {Text(Latest)}",
            Text(now)
        );

    private static string Text(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
