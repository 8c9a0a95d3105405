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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_network_file_named_by_a_hyphen_is_standard_input(bool isWrong)
    {
        var text = isWrong
            ? CliRun.ExampleNetwork.Replace("asn: 64500", "asn: x", StringComparison.Ordinal)
            : CliRun.ExampleNetwork;
        cli.Input = System.Text.Encoding.UTF8.GetBytes(text);
        Assert.Equal(
            isWrong ? ExitCodes.DataError : ExitCodes.Ok,
            await cli.RunAsync("check", "-n", "-")
        );
        Assert.Contains(
            isWrong ? "standard input:6:" : "standard input: 2 sites",
            cli.Out,
            StringComparison.Ordinal
        );
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
        Assert.Equal(ExitCodes.DataError, await cli.RunAsync("check", "--network", "network.yaml"));
        Assert.Matches(@"error\[PRO045\] network\.yaml:\d+:\d+ ", cli.Out);
        Assert.Contains("which has downstream, edge", cli.Out, StringComparison.Ordinal);
        Assert.Contains("did you mean edge?", cli.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(AppContext.BaseDirectory, cli.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("..", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_whose_name_is_not_its_files_is_a_finding()
    {
        CliRun.CopyProfiles(cli.Folder);
        var text = File.ReadAllText(Path.Combine(cli.Folder, "profiles", "edge.yaml"));
        cli.Write(
            "profiles/edge.yaml",
            text.Replace("name: edge", "name: border", StringComparison.Ordinal)
        );
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("check"));
        Assert.Contains("warning[PRO046] profiles/edge.yaml", cli.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.DataError, await cli.RunAsync("check", "--strict"));
    }

    [Fact]
    public async Task An_edge_whose_profile_has_no_routing_daemon_is_a_finding()
    {
        CliRun.CopyProfiles(cli.Folder);
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("check"));
        Assert.Contains("warning[PRO047] network.yaml", cli.Out, StringComparison.Ordinal);
        Assert.Contains("0 errors, 1 warning\n", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_summary_of_a_wrong_file_counts_nothing_that_was_not_read()
    {
        cli.Write(
            "bad.yaml",
            CliRun.ExampleNetwork.Replace("asn: 64500", "asn: x", StringComparison.Ordinal)
        );
        Assert.Equal(ExitCodes.DataError, await cli.RunAsync("check", "-n", "bad.yaml"));
        Assert.EndsWith("bad.yaml: 1 error, 0 warnings\n", cli.Out, StringComparison.Ordinal);
        Assert.Equal(
            ExitCodes.DataError,
            await cli.RunAsync("render", "router01", "-n", "bad.yaml")
        );
        Assert.EndsWith(
            "appliance: 1 error; nothing was done\n",
            cli.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("check"));
        Assert.EndsWith(
            "network.yaml: 2 sites, 1 link, 0 errors, 0 warnings\n",
            cli.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task On_a_terminal_findings_wrap_and_have_colour_unless_it_is_refused()
    {
        cli.Write(
            "bad.yaml",
            CliRun.ExampleNetwork.Replace("driver: vtnet", "driver: eth", StringComparison.Ordinal)
        );
        cli.Terminal = 80;
        await cli.RunAsync("check", "-n", "bad.yaml");
        Assert.Contains("\u001b[1;31merror[VAL013]\u001b[0m", cli.Out, StringComparison.Ordinal);
        cli.NoColour = "1";
        await cli.RunAsync("check", "-n", "bad.yaml");
        Assert.DoesNotContain('\u001b', cli.Out);
        Assert.All(cli.Out.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        cli.Terminal = null;
        await cli.RunAsync("check", "-n", "bad.yaml");
        Assert.Contains(cli.Out.Split('\n'), line => line.Length > 80);
    }
}
