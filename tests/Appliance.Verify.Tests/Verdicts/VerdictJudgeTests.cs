using Appliance.Rendering.Verdicts;
using Appliance.Verify.Tests.Guests;
using Appliance.Verify.Verdicts;

namespace Appliance.Verify.Tests.Verdicts;

public class VerdictJudgeTests
{
    private static readonly VerdictExpectation Expected = new(
        Personalisation.Done,
        "BIOS",
        1,
        "router01"
    );

    [Fact]
    public void A_good_verdict_passes()
    {
        Assert.All(
            VerdictJudge.Judge("boot1", Transcript.Good(1), Expected),
            check => Assert.True(check.Passed)
        );
    }

    [Theory]
    [InlineData("15.9-RELEASE-p2", true)]
    [InlineData("15.9-RELEASE", true)]
    [InlineData("15.8-RELEASE-p2", false)]
    [InlineData("15.9-RELEASE2", false)]
    public void The_running_release_is_the_one_that_was_built(string running, bool passed)
    {
        var verdict = Transcript.Good(1) with
        {
            Userland = running,
            Kernel = running,
            Base = new ImageBase
            {
                Release = "15.9-RELEASE",
                Source = BaseSource.Packages,
                PatchLevel = 2,
                Official = true,
            },
        };

        var check = Assert.Single(
            VerdictJudge.Judge("boot1", verdict, Expected),
            check => check.Name == "boot1.release"
        );

        Assert.Equal(passed, check.Passed);
        Assert.Contains("at patch level 2 from packages", check.Detail, StringComparison.Ordinal);
    }

    public static TheoryData<string, Verdict> Bad() =>
        new()
        {
            { "boot1.ok", Transcript.Good(1) with { Ok = false } },
            { "boot1.ok", Transcript.Good(1) with { Failed = 1 } },
            { "boot1.ok", Transcript.Good(1) with { Passed = 0 } },
            { "boot1.ok", Transcript.Good(1) with { Error = "no interface matches" } },
            {
                "boot1.personalisation",
                Transcript.Good(1) with
                {
                    Personalisation = Personalisation.Kept,
                }
            },
            {
                "boot1.personalisation",
                Transcript.Good(1) with
                {
                    Personalisation = Personalisation.Failed,
                }
            },
            { "boot1.boot-method", Transcript.Good(1) with { BootMethod = "UEFI" } },
            { "boot1.boot-number", Transcript.Good(1) with { Boot = 2 } },
            { "boot1.site", Transcript.Good(1) with { Site = "vps01" } },
            { "boot1.schema", Transcript.Good(1) with { Schema = 2 } },
        };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_verdict_that_says_something_else_fails_that_check_only(
        string check,
        Verdict verdict
    )
    {
        ArgumentNullException.ThrowIfNull(verdict);
        var failed = VerdictJudge.Judge("boot1", verdict, Expected).Where(item => !item.Passed);
        Assert.Equal([check], failed.Select(item => item.Name));
    }

    [Fact]
    public void Checks_that_failed_in_the_guest_are_named_with_what_was_expected()
    {
        var checks = VerdictJudge.Judge("boot1", Transcript.WithFailedCheck(1), Expected);
        var failed = Assert.Single(checks, check => check.Name == "boot1.guest.tunnel.gif0.fib");
        Assert.Equal((false, "expected 1, found 0"), (failed.Passed, failed.Detail));
    }
}
