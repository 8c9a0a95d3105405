using System.Text.Json;
using System.Xml.Linq;
using Appliance.Rendering.Text;
using Appliance.Verify.Console;
using Appliance.Verify.Qemu;
using Appliance.Verify.Reports;
using Appliance.Verify.Runs;
using Appliance.Verify.Tests.Guests;

namespace Appliance.Verify.Tests.Reports;

public sealed class ReportTests : IDisposable
{
    private readonly TestFolder folder = new();

    private static VerifyResult Result { get; } =
        new(
            "/images/router01.raw",
            "kvm cannot run guests here",
            [
                Run(
                    FirmwareKind.Bios,
                    new RunCheck("boot1.verdict", true, "seen", TimeSpan.FromSeconds(47.5))
                ),
                Run(
                    FirmwareKind.Uefi,
                    new RunCheck("boot1.verdict", true, "seen"),
                    new RunCheck(
                        "boot1.ok",
                        false,
                        "41 checks passed, 1 failed: <&\"\u0001\ud800\U0001F986"
                    )
                ),
            ]
        );

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task JUnit_is_xml_with_a_suite_for_each_run_and_a_case_for_each_check()
    {
        var path = folder.File("junit.xml");
        await ReportFiles.WriteJUnitAsync(Result, path, Need.Token);
        var root = XDocument.Load(path).Root!;
        Assert.Equal(
            ("3", "1"),
            (root.Attribute("tests")!.Value, root.Attribute("failures")!.Value)
        );
        Assert.Equal(
            ["bios-i440fx", "uefi-i440fx"],
            root.Elements("testsuite").Select(suite => suite.Attribute("name")!.Value)
        );
        Assert.All(
            root.Elements("testsuite"),
            suite =>
            {
                var cases = suite.Elements("testcase").ToList();
                Assert.Equal(suite.Attribute("tests")!.Value, $"{cases.Count}");
                Assert.Equal(
                    suite.Attribute("failures")!.Value,
                    $"{cases.Count(item => item.Element("failure") is not null)}"
                );
            }
        );
    }

    [Fact]
    public void A_failed_check_says_in_JUnit_why_and_how_to_reproduce_it_even_with_characters_xml_cannot_hold()
    {
        var document = XDocument.Parse(JUnitReport.Write(Result).ToString());
        var failure = Assert.Single(document.Descendants("failure"));
        Assert.Equal(
            "41 checks passed, 1 failed: <&\"\ufffd\ufffd\U0001F986",
            failure.Attribute("message")!.Value
        );
        Assert.Contains(
            "by hand: qemu-system-x86_64 -name x",
            failure.Value,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "the last line",
            Assert.Single(document.Descendants("system-out")).Value,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Json_has_every_check_verdict_and_time()
    {
        var path = folder.File("result.json");
        await ReportFiles.WriteJsonAsync(Result, path, Need.Token);
        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(path, Need.Token));
        var root = document.RootElement;
        Assert.False(root.GetProperty("passed").GetBoolean());
        var run = root.GetProperty("runs")[0];
        Assert.True(run.GetProperty("passed").GetBoolean());
        Assert.Equal(47500, run.GetProperty("checks")[0].GetProperty("duration_ms").GetInt64());
        var boot = run.GetProperty("boots")[0];
        Assert.Equal("router01", boot.GetProperty("verdict").GetProperty("site").GetString());
        Assert.Equal(9000, boot.GetProperty("phases")[1].GetProperty("at_ms").GetInt64());
        Assert.Equal(JsonValueKind.Null, run.GetProperty("file_system_clean").ValueKind);
    }

    [Fact]
    public void Tables_have_a_row_for_each_check_and_each_stage()
    {
        Assert.Equal(
            ["boot1.verdict", "boot1.verdict", "boot1.ok"],
            ReportTables.Checks(Result).Select(row => row.Check)
        );
        var rows = ReportTables.Timings(Result).Where(row => row.Run == "bios-i440fx").ToList();
        Assert.Equal(
            [TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(38), null],
            rows.Select(row => row.Duration)
        );
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_leaves_the_old_one()
    {
        var path = folder.File("result.json");
        await File.WriteAllTextAsync(path, "old", Need.Token);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() =>
            ReportFiles.WriteJsonAsync(Result, path, stop.Token)
        );
        Assert.Equal("old", await File.ReadAllTextAsync(path, Need.Token));
    }

    [Fact]
    public async Task A_report_does_not_follow_a_link_at_its_place_or_aside()
    {
        foreach (var name in new[] { "verify.json", "junit.xml" })
        {
            var victim = folder.File(name + ".victim");
            await File.WriteAllTextAsync(victim, "precious", Need.Token);
            File.CreateSymbolicLink(folder.File(name), victim);
            File.CreateSymbolicLink(folder.File(name + ".part"), victim);
            await ReportFiles.WriteJsonAsync(Result, folder.File(name), Need.Token);
            Assert.Equal("precious", await File.ReadAllTextAsync(victim, Need.Token));
            Assert.Null(new FileInfo(folder.File(name)).LinkTarget);
        }
    }

    [Fact]
    public async Task Control_characters_of_a_guest_are_escaped_in_every_report()
    {
        var hostile = string.Concat(
            Enumerable.Range(0, 0x10000).Select(value => (char)value).Where(PrintableText.IsUnsafe)
        );
        var result = new VerifyResult(
            hostile,
            hostile,
            [
                Run(FirmwareKind.Bios, new RunCheck(hostile, false, hostile)) with
                {
                    ReproduceCommand = hostile,
                    LastConsoleLines = [hostile],
                },
            ]
        );
        await ReportFiles.WriteJsonAsync(result, folder.File("verify.json"), Need.Token);
        await ReportFiles.WriteJUnitAsync(result, folder.File("junit.xml"), Need.Token);
        var json = await File.ReadAllTextAsync(folder.File("verify.json"), Need.Token);
        var xml = await File.ReadAllTextAsync(folder.File("junit.xml"), Need.Token);
        Assert.DoesNotContain(json, PrintableText.IsUnsafe);
        Assert.DoesNotContain(xml, PrintableText.IsUnsafe);
        using var document = JsonDocument.Parse(json);
        Assert.Equal(hostile, document.RootElement.GetProperty("image").GetString());
        Assert.Contains("\u001b", XDocument.Parse(xml).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_without_runs_and_a_run_without_checks_have_not_passed()
    {
        Assert.False(new VerifyResult("x", null, []).Passed);
        Assert.False(Run(FirmwareKind.Bios).Passed);
    }

    private static RunResult Run(FirmwareKind firmware, params RunCheck[] checks) =>
        new()
        {
            Firmware = firmware,
            Machine = MachineType.I440fx,
            Accelerator = Accelerator.Tcg,
            Duration = TimeSpan.FromSeconds(100),
            ReproduceCommand = "qemu-system-x86_64 -name x",
            Checks = checks,
            LastConsoleLines = checks.All(check => check.Passed) ? [] : ["the last line"],
            Boots =
            [
                new()
                {
                    Number = 1,
                    Verdict = Transcript.Good(1),
                    Phases =
                    [
                        new(BootPhase.Firmware, TimeSpan.Zero),
                        new(BootPhase.Loader, TimeSpan.FromSeconds(9)),
                        new(BootPhase.Verdict, TimeSpan.FromSeconds(47)),
                    ],
                },
            ],
        };
}
