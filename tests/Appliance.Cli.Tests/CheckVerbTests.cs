using System.Text.Json;
using Appliance.Cli.Terminal;

namespace Appliance.Cli.Tests;

public sealed class CheckVerbTests : IDisposable
{
    private readonly CliRun cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task A_network_file_that_is_no_text_is_a_finding_not_a_guess()
    {
        await File.WriteAllBytesAsync(
            Path.Combine(cli.Folder, "net.yaml"),
            [0x61, 0x3a, 0xff, 0xfe],
            TestContext.Current.CancellationToken
        );
        Assert.Equal(ExitCodes.DataError, await cli.RunAsync("check", "--network", "net.yaml"));
        Assert.Contains("net.yaml:1:1", cli.Out + cli.Error, StringComparison.Ordinal);
        Assert.Contains("not UTF-8", cli.Out + cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_example_network_has_no_findings()
    {
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("check", "--strict"));
        Assert.Contains("0 errors, 0 warnings", cli.Out, StringComparison.Ordinal);
        Assert.Equal("", cli.Error);
    }

    [Fact]
    public async Task Every_finding_is_shown_with_its_place_and_the_line()
    {
        cli.Write(
            "bad.yaml",
            CliRun
                .ExampleNetwork.Replace("asn: 64500", "asn: 23456", StringComparison.Ordinal)
                .Replace("2001:db8:1c::/48]", "2001:db8:1c::/56]", StringComparison.Ordinal)
        );
        Assert.Equal(ExitCodes.DataError, await cli.RunAsync("check", "--network", "bad.yaml"));
        Assert.Matches(@"bad\.yaml:6:\d+", cli.Out);
        Assert.Matches(@"bad\.yaml:7:\d+", cli.Out);
        Assert.Contains("prefixes: [2001:db8:1c::/56]", cli.Out, StringComparison.Ordinal);
        Assert.Contains("^", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Machines_get_the_same_findings()
    {
        cli.Write(
            "bad.yaml",
            CliRun.ExampleNetwork.Replace("asn: 64500", "asn: 23456", StringComparison.Ordinal)
        );
        Assert.Equal(
            ExitCodes.DataError,
            await cli.RunAsync("check", "--network", "bad.yaml", "--json")
        );
        using var result = JsonDocument.Parse(cli.Out);
        var finding = result.RootElement.GetProperty("findings")[0];
        Assert.Equal(6, finding.GetProperty("line").GetInt32());
        Assert.Equal("error", finding.GetProperty("severity").GetString());
        Assert.Equal(1, result.RootElement.GetProperty("errors").GetInt32());
    }

    [Fact]
    public async Task Old_data_about_the_Internet_is_told_with_its_age()
    {
        cli.Today = new DateOnly(2028, 1, 15);
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("check"));
        Assert.Contains("730 days ago", cli.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.DataError, await cli.RunAsync("check", "--strict"));
    }

    [Fact]
    public async Task A_missing_network_file_is_named()
    {
        Assert.Equal(ExitCodes.NoInput, await cli.RunAsync("check", "--network", "absent.yaml"));
        Assert.Contains("absent.yaml", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_profile_is_named()
    {
        cli.Write(
            "network.yaml",
            CliRun.ExampleNetwork.Replace(
                "profile: edge",
                "profile: egde",
                StringComparison.Ordinal
            )
        );
        Assert.Equal(ExitCodes.NoInput, await cli.RunAsync("check", "--network", "network.yaml"));
        Assert.Contains("egde.yaml", cli.Error, StringComparison.Ordinal);
    }
}
