using Appliance.Model.Profiles;
using Appliance.Model.Releases;
using Appliance.Model.Reports;

namespace Appliance.Model.Validation;

/// <summary>A profile's release against the calendar: its end of life, its patch level, and the age of the data itself.</summary>
public static class ReleaseValidation
{
    /// <summary>Days before the end of life from which on it is a finding: time to build, test and roll out the next one.</summary>
    private const int NearDays = 90;

    /// <summary>Releases come twice a year and advisories every month: half a year without an update misses both.</summary>
    private const int OldAfterDays = 183;

    /// <summary>Adds findings about a profile without errors.</summary>
    /// <param name="profile">The profile with the release that is built.</param>
    /// <param name="pinned">What its lock pins; null where there is no lock.</param>
    /// <param name="data">What is known of releases.</param>
    /// <param name="today">The day of the check.</param>
    /// <param name="report">Takes the findings.</param>
    public static void Validate(
        Profile profile,
        PinnedBase? pinned,
        ReleaseData data,
        DateOnly today,
        Report report
    )
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(report);
        if (data.Find(profile.Release.Value) is not { } release)
        {
            return;
        }

        CheckEnd(profile, release, data, today, report);
        CheckSets(profile, release, pinned is { IsSets: true }, data, report);
        if (pinned is { IsSets: false, PatchLevel: { } level } && level < release.PatchLevel)
        {
            report.Add(
                FindingCatalogue.PatchesMissing,
                profile.Release.At,
                $"the lock pins {release.Name} at patch level {level}; {release.PatchLevel} was the newest on {data.Date:yyyy-MM-dd}",
                "renew it: 'appliance lock --update'"
            );
        }

        var age = today.DayNumber - data.Date.DayNumber;
        if (age > OldAfterDays)
        {
            report.Add(
                FindingCatalogue.ReleasesOutdated,
                profile.Release.At,
                $"releases, patch levels and digests are of {data.Date:yyyy-MM-dd}, {age} days ago",
                "update this program"
            );
        }
    }

    private static void CheckEnd(
        Profile profile,
        FreeBsdRelease release,
        ReleaseData data,
        DateOnly today,
        Report report
    )
    {
        var left = release.EndOfLife.DayNumber - today.DayNumber;
        var newest = data.NewestSupported;
        var hint =
            newest == release ? "update this program: a newer release may be out"
            : profile.NamesRelease ? $"build {newest.Name}, or leave \"release\" out"
            : "renew the lock: 'appliance lock --update'";
        if (left < 0)
        {
            report.Add(
                FindingCatalogue.ReleaseEnded,
                profile.Release.At,
                $"support of {release.Name} ended on {release.EndOfLife:yyyy-MM-dd}",
                hint
            );
        }
        else if (left <= NearDays)
        {
            report.Add(
                FindingCatalogue.ReleaseEnding,
                profile.Release.At,
                $"support of {release.Name} ends on {release.EndOfLife:yyyy-MM-dd}, in {left} days",
                hint
            );
        }
    }

    private static void CheckSets(
        Profile profile,
        FreeBsdRelease release,
        bool isPinnedToSets,
        ReleaseData data,
        Report report
    )
    {
        if (profile.BasePackages.Count > 0 && !isPinnedToSets)
        {
            return;
        }

        var since = release.Released is { } day ? $", as released on {day:yyyy-MM-dd}" : "";
        report.Add(
            FindingCatalogue.BaseFromSets,
            profile.Sets.Count > 0 ? profile.Sets[0].At : profile.BasePackages[0].At,
            $"the base system comes from release sets: {release.Name} at patch level 0{since}, while {release.PatchLevel} was the newest on {data.Date:yyyy-MM-dd}",
            profile.Sets.Count > 0
                ? "name base_packages instead of sets"
                : "the lock pins sets; 'appliance lock --update' pins packages where their repository can be reached"
        );
    }
}
