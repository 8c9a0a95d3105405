using System.Text.Json;
using Appliance.Build.Tests.Bills;
using Appliance.Cli.Terminal;

namespace Appliance.Cli.Tests;

/// <summary>What an image is made of, and what is known to be wrong with it.</summary>
public sealed class BillVerbTests : PackagedNetwork
{
    [Fact]
    public async Task Sbom_prints_a_bill_that_the_standards_own_schema_accepts()
    {
        Assert.Equal(ExitCodes.Ok, await RunAsync("sbom", "router01"));

        var bill = Cli.Out;
        using var document = JsonDocument.Parse(bill);
        var components = document.RootElement.GetProperty("components").EnumerateArray().ToList();
        Assert.Equal(
            ["FreeBSD", "FreeBSD-kernel", "mini-lib", "minid", "appliance-firstboot"],
            components.Select(component => component.GetProperty("name").GetString())
        );
        Assert.Equal("2.0,1", components[3].GetProperty("version").GetString());
        Assert.Contains("minid", components[3].GetProperty("purl").GetString()!);
        Assert.Equal(
            Sha256("minid-2.0,1.pkg"),
            components[3].GetProperty("hashes")[0].GetProperty("content").GetString()
        );
        using var validator = await CycloneDxValidator.InstallAsync();
        Assert.Equal("valid", await validator.JudgeAsync(bill));
    }

    [Fact]
    public async Task Manifest_is_the_same_list_for_people_and_without_packages_has_none()
    {
        Assert.Equal(ExitCodes.Ok, await RunAsync("manifest", "router01"));
        Assert.Matches(@"minid\s+2\.0,1\s+BSD2CLAUSE", Cli.Out);
        Assert.Matches(@"mini-lib\s+1\.2_1", Cli.Out);
        Assert.Contains(Sha256("minid-2.0,1.pkg")[..16], Cli.Out, StringComparison.Ordinal);

        Assert.Equal(
            ExitCodes.Ok,
            await RunAsync("manifest", "router01", "--without-packages", "--json")
        );
        using var bill = JsonDocument.Parse(Cli.Out);
        Assert.Equal(
            ["FreeBSD", "FreeBSD-kernel", "appliance-firstboot"],
            bill.RootElement.GetProperty("components")
                .EnumerateArray()
                .Select(component => component.GetProperty("name").GetString())
        );
    }

    [Theory]
    [InlineData("minid", "<lt>2.0,1</lt>", ExitCodes.Ok)]
    [InlineData("minid", "<le>2.0,1</le>", ExitCodes.Failed)]
    // 2.1 is greater, but the epoch counts first.
    [InlineData("minid", "<lt>2.1</lt>", ExitCodes.Ok)]
    [InlineData("mini-lib", "<lt>1.2_2</lt>", ExitCodes.Failed)]
    [InlineData("FreeBSD", "<ge>15.0</ge><lt>99.0_3</lt>", ExitCodes.Failed)]
    [InlineData("FreeBSD", "<ge>14.0</ge><lt>14.3_3</lt>", ExitCodes.Ok)]
    [InlineData("frr10", "<lt>99</lt>", ExitCodes.Ok)]
    public async Task Audit_tells_by_its_exit_code_what_the_list_says(
        string name,
        string range,
        int expected
    )
    {
        var list = Cli.Write("vuln.xml", Vulnerable(name, range));

        Assert.Equal(expected, await RunAsync("audit", "router01", "--vuln", list));

        Assert.Equal(
            expected == ExitCodes.Failed,
            Cli.Out.Contains("CVE-2026-0001", StringComparison.Ordinal)
        );
        Assert.Equal(
            expected == ExitCodes.Failed,
            Cli.Out.Contains($"{name}-", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Audit_goes_by_the_lock_where_there_is_one()
    {
        var list = Cli.Write("vuln.xml", Vulnerable("minid", "<le>2.0,1</le>"));
        Assert.Equal(ExitCodes.Ok, await RunAsync("lock"));
        Directory.Delete(Repository, recursive: true);
        Directory.CreateDirectory(Repository);
        Copy("*.pkg", Samples, "profiles/repository");

        Assert.Equal(
            ExitCodes.Failed,
            await RunAsync("audit", "router01", "--vuln", list, "--offline", "--json")
        );

        using var result = JsonDocument.Parse(Cli.Out);
        Assert.Equal(
            "minid",
            Assert
                .Single(result.RootElement.GetProperty("vulnerable").EnumerateArray())
                .GetProperty("name")
                .GetString()
        );
    }

    [Fact]
    public async Task A_list_that_is_missing_or_broken_is_an_error_and_never_a_clean_bill()
    {
        Assert.Equal(
            ExitCodes.NoInput,
            await RunAsync("audit", "router01", "--vuln", "nowhere.xml")
        );
        Assert.Contains("nowhere.xml", Cli.Error, StringComparison.Ordinal);

        // What was never fetched cannot be used again.
        Assert.Equal(ExitCodes.NoInput, await RunAsync("audit", "router01", "--offline"));

        var broken = Cli.Write("broken.xml", Vulnerable("frr10", "<lt>1</lt>")[..^20]);
        Assert.Equal(ExitCodes.DataError, await RunAsync("audit", "router01", "--vuln", broken));
        Assert.Contains("broken.xml", Cli.Error, StringComparison.Ordinal);

        var page = Cli.Write("page.xml", "<html><body>503</body></html>");
        Assert.Equal(ExitCodes.DataError, await RunAsync("audit", "router01", "--vuln", page));
    }

    private static string Vulnerable(string name, string range) =>
        $"""
            <?xml version="1.0" encoding="utf-8"?>
            <vuxml xmlns="http://www.vuxml.org/apps/vuxml-1">
              <vuln vid="7ba5a3d0-4b18-11d8-a9d9-005056a2f1b1">
                <topic>{name} -- remote execution of everything</topic>
                <affects><package><name>{name}</name><range>{range}</range></package></affects>
                <references><cvename>CVE-2026-0001</cvename></references>
              </vuln>
            </vuxml>
            """;

    private static string Sha256(string package) =>
        Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(
                File.ReadAllBytes(Path.Combine(Samples, package))
            )
        );
}
