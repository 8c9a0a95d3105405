using Appliance.Model.Profiles;
using Appliance.Model.Releases;
using Appliance.Model.Reports;
using Appliance.Model.Validation;

namespace Appliance.Model.Tests.Releases;

public sealed class ReleaseValidationTests
{
    /// <summary>The kinds of findings that depend on the day, and are in no file of wrong profiles.</summary>
    internal static readonly string[] DatedCodes =
    [
        "PRO060",
        "PRO061",
        "PRO062",
        "PRO063",
        "PRO064",
    ];

    private static readonly DateOnly End = new(2026, 9, 30);

    private static readonly ReleaseData Data = new()
    {
        Date = new DateOnly(2026, 6, 1),
        Sources = [],
        Releases =
        [
            new FreeBsdRelease
            {
                Name = "15.0-RELEASE",
                EndOfLife = End,
                PatchLevel = 10,
                Released = new DateOnly(2025, 12, 2),
                Sets = new Dictionary<string, IReadOnlyDictionary<string, PublishedSet>>(),
            },
        ],
    };

    [Theory]
    [InlineData(-91, null)]
    [InlineData(-90, "PRO061")]
    [InlineData(0, "PRO061")]
    [InlineData(1, "PRO060")]
    public void The_end_of_support_is_a_finding_from_ninety_days_before(int day, string? code) =>
        Assert.Equal(code is null ? [] : [code], Codes(End.AddDays(day), Packaged()));

    [Theory]
    [InlineData(183, false)]
    [InlineData(184, true)]
    public void Old_data_is_a_finding(int age, bool expected) =>
        Assert.Equal(expected, Codes(Data.Date.AddDays(age), Packaged()).Contains("PRO062"));

    [Fact]
    public void Sets_are_a_finding_with_their_patch_level_and_their_age()
    {
        var report = Check(Data.Date, Sets(), null);

        var finding = Assert.Single(report.Findings);
        Assert.Equal("PRO063", finding.Code);
        Assert.Contains("patch level 0, as released on 2025-12-02", finding.Message);
        Assert.Contains("while 10 was the newest", finding.Message);
    }

    [Fact]
    public void A_lock_that_pins_sets_of_a_packaged_base_is_the_same_finding() =>
        Assert.Equal(
            "PRO063",
            Assert
                .Single(Check(Data.Date, Packaged(), new PinnedBase(IsSets: true, 0)).Findings)
                .Code
        );

    [Theory]
    [InlineData(9, true)]
    [InlineData(10, false)]
    [InlineData(11, false)]
    [InlineData(null, false)]
    public void A_lock_behind_the_newest_patch_level_is_a_finding(int? level, bool expected) =>
        Assert.Equal(
            expected ? ["PRO064"] : [],
            Check(Data.Date, Packaged(), new PinnedBase(IsSets: false, level))
                .Findings.Select(finding => finding.Code)
        );

    private static IEnumerable<string> Codes(DateOnly today, Profile profile) =>
        Check(today, profile, null).Findings.Select(finding => finding.Code);

    private static Report Check(DateOnly today, Profile profile, PinnedBase? pinned)
    {
        var report = new Report();
        ReleaseValidation.Validate(profile, pinned, Data, today, report);
        return report;
    }

    private static Profile Sets() => ProfileFile.Read(Samples.Profile, "p.yaml").Value!;

    private static Profile Packaged() =>
        ProfileFile
            .Read(
                Samples.Profile.Replace(
                    "sets: [base, kernel]",
                    "base_packages: [FreeBSD-runtime]",
                    StringComparison.Ordinal
                ),
                "p.yaml"
            )
            .Value!;
}
