using System.Text.Json;
using Appliance.Cli.Terminal;

namespace Appliance.Cli.Tests;

public sealed class RenderVerbTests : IDisposable
{
    private readonly CliRun cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task A_single_file_can_be_asked_for()
    {
        Assert.Equal(
            ExitCodes.Ok,
            await cli.RunAsync("render", "router01", "--file", "/etc/rc.conf")
        );
        Assert.Contains("hostname=\"router01.example.net\"", cli.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("==> /etc/pf.conf", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_network_shows_as_a_difference_and_nothing_else_does()
    {
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("render", "router01", "--output", "before"));
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("render", "router01", "--diff", "before"));
        Assert.Equal("", cli.Out);
        cli.Write(
            "changed.yaml",
            CliRun.ExampleNetwork.Replace("mtu: 1480", "mtu: 1400", StringComparison.Ordinal)
        );
        Assert.Equal(
            ExitCodes.Failed,
            await cli.RunAsync("render", "router01", "--diff", "before", "-n", "changed.yaml")
        );
        Assert.Matches("(?m)^-.*1480", cli.Out);
        Assert.Matches("(?m)^\\+.*1400", cli.Out);
        Assert.DoesNotContain("sshd_config", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Machines_get_every_file_with_its_mode()
    {
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("render", "vps01", "--json"));
        using var files = JsonDocument.Parse(cli.Out);
        var keys = files
            .RootElement.EnumerateArray()
            .Single(file => file.GetProperty("path").GetString() == "/root/.ssh/authorized_keys");
        Assert.Equal("0600", keys.GetProperty("mode").GetString());
    }
}
