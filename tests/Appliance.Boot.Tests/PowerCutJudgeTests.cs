using Appliance.Rendering.Documents;
using Appliance.Rendering.Verdicts;

namespace Appliance.Boot.Tests;

/// <summary>What the power failures are judged by sees every kind of mixture.</summary>
public sealed class PowerCutJudgeTests
{
    private static readonly SiteDocument Router = TestImage.Document("router01");
    private static readonly SiteDocument Moved = PowerCutTests.Moved(Router);

    private static readonly IReadOnlyList<MachineState> States =
    [
        MachineState.Unconfigured(Router.Admin, new Dictionary<string, string>()),
        MachineState.Of(Router, new Dictionary<string, string>()),
        MachineState.Of(Moved, new Dictionary<string, string>()),
    ];

    public static TheoryData<string> Sites => [.. States.Select(state => state.Site)];

    [Theory]
    [MemberData(nameof(Sites))]
    public void A_machine_that_is_wholly_one_of_them_is_fine(string site) =>
        Assert.Empty(Judge(site, Files(site)));

    [Fact]
    public void One_file_of_the_new_machine_in_the_old_one_is_a_mixture()
    {
        var (old, next) = (Files("router01"), Files("moved01"));
        var differing = next.Where(file => old.GetValueOrDefault(file.Key) != file.Value).ToList();
        Assert.Contains(differing, file => file.Key == "/etc/rc.conf");
        Assert.All(
            differing,
            file =>
                Assert.Equal(
                    [$"{file.Key} is not router01's: it is moved01's"],
                    Judge("router01", new(old) { [file.Key] = file.Value })
                )
        );
    }

    [Fact]
    public void A_file_that_is_missing_or_should_be_or_is_half_written_is_one_too()
    {
        const string Path = "/usr/local/etc/frr/frr.conf";
        var (old, next) = (Files("router01"), Files("moved01"));
        Assert.DoesNotContain(Path, next.Keys);
        Assert.Equal(
            [$"{Path} is not moved01's: it is router01's"],
            Judge("moved01", new(next) { [Path] = old[Path] })
        );
        Assert.Equal(
            [$"{Path} is not router01's: it is nobody's"],
            Judge("router01", new(old) { [Path] = new string('0', 64) })
        );
        Assert.True(old.Remove(Path));
        Assert.Equal([$"{Path} is not router01's: it is missing"], Judge("router01", old));
    }

    [Fact]
    public void A_machine_that_is_nobodys_has_a_document_of_its_own_and_no_others()
    {
        var files = Files("unconfigured");
        const string Path = MachineState.DocumentPath;
        Assert.Empty(Judge("unconfigured", new(files) { [Path] = new string('0', 64) }));
        Assert.Equal(
            [$"{Path} is not unconfigured's: it is router01's"],
            Judge("unconfigured", new(files) { [Path] = Files("router01")[Path] })
        );
        Assert.True(files.Remove(Path));
        Assert.Equal(
            [$"{Path} is not unconfigured's: it is missing"],
            Judge("unconfigured", files)
        );
    }

    [Theory]
    [InlineData("WAY-IN keys=0 sshd=1 pf=1 left=0")]
    [InlineData("WAY-IN keys=1 sshd=0 pf=1 left=0")]
    [InlineData("WAY-IN keys=1 sshd=1 pf=0 left=0")]
    [InlineData("WAY-IN keys=1 sshd=1 pf=1 left=2")]
    [InlineData("WAY-IN keys=1 sshd=1 pf=1 left=journal")]
    public void An_owner_who_cannot_get_in_and_what_is_left_are_seen(string wayIn) =>
        Assert.Equal([$"\"{wayIn}\""], Judge("router01", Files("router01"), wayIn));

    [Fact]
    public void Another_machine_and_one_that_finds_itself_wrong_are_seen()
    {
        Assert.Equal(["it is vps01"], Judge("vps01", []));
        Assert.Equal(
            ["it is not as it should be: why"],
            PowerCutJudge.Complaints(
                Verdict("router01") with
                {
                    Ok = false,
                    Minimal = false,
                    Error = "why",
                },
                Console(Files("router01"), PowerCutJudge.WayIn),
                States
            )
        );
    }

    private static Dictionary<string, string> Files(string site) =>
        new(States.Single(state => state.Site == site).Files);

    private static IReadOnlyList<string> Judge(
        string site,
        Dictionary<string, string> files,
        string wayIn = PowerCutJudge.WayIn
    ) => PowerCutJudge.Complaints(Verdict(site), Console(files, wayIn), States);

    private static string Console(Dictionary<string, string> files, string wayIn) =>
        string.Concat(files.Select(file => $"FILE {file.Value} {file.Key}\r\n")) + wayIn + " \r\n";

    private static Verdict Verdict(string site) =>
        new()
        {
            Schema = Rendering.Verdicts.Verdict.CurrentSchema,
            Site = site,
            Ok = site != SiteDocument.Nobody,
            Minimal = site == SiteDocument.Nobody,
            Personalisation = Personalisation.Done,
            Boot = 1,
            BootMethod = "BIOS",
            Passed = 1,
            Failed = 0,
            Milliseconds = 1,
            ProgramsMilliseconds = 1,
            Checks = [],
        };
}
