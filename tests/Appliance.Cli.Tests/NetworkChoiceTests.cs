using Appliance.Cli.Terminal;

namespace Appliance.Cli.Tests;

/// <summary>Which network a command works on when none is named.</summary>
public sealed class NetworkChoiceTests : IDisposable
{
    private readonly CliRun cli = new(withNetwork: false);

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData("check")]
    [InlineData("render", "router01")]
    [InlineData("plan", "router01", "--offline")]
    [InlineData("build", "router01", "--offline")]
    [InlineData("seed", "router01")]
    [InlineData("document", "router01")]
    [InlineData("objects")]
    [InlineData("lock", "--offline")]
    [InlineData("sets", "--offline")]
    public async Task Outside_of_a_checkout_no_example_is_used(params string[] arguments)
    {
        Assert.Equal(ExitCodes.NoInput, await cli.RunAsync(arguments));
        Assert.Contains("no network file is named", cli.Error, StringComparison.Ordinal);
        Assert.Contains("--network", cli.Error, StringComparison.Ordinal);
        Assert.Equal("", cli.Out);
        Assert.Empty(Directory.EnumerateFileSystemEntries(cli.Folder));
    }

    [Theory]
    [InlineData("seed", "router01")]
    [InlineData("seed", "router01", "--cloud")]
    [InlineData("document", "router01")]
    [InlineData("lock", "--offline")]
    [InlineData("render", "router01", "--output", "rendered")]
    public async Task What_goes_onto_a_machine_or_is_pinned_is_never_the_example_by_accident(
        params string[] arguments
    )
    {
        CliRun.CopyProfiles(cli.Folder);
        Assert.Equal(ExitCodes.NoInput, await cli.RunAsync(arguments));
        Assert.Contains(
            $"the example is --network {Path.Combine("profiles", "networks", "example.yaml")}",
            cli.Error,
            StringComparison.Ordinal
        );
        Assert.Equal("", cli.Out);
        Assert.False(Directory.Exists(Path.Combine(cli.Folder, "out")));
        Assert.False(Directory.Exists(Path.Combine(cli.Folder, "rendered")));
    }

    [Theory]
    [InlineData(ExitCodes.Ok, "check")]
    [InlineData(ExitCodes.Ok, "check", "--quiet")]
    [InlineData(ExitCodes.Ok, "render", "router01", "--file", "/etc/rc.conf")]
    [InlineData(ExitCodes.NoInput, "plan", "router01", "--offline")]
    [InlineData(ExitCodes.NoInput, "build", "router01", "--offline")]
    public async Task In_a_checkout_the_example_is_used_and_said_aloud(
        int code,
        params string[] arguments
    )
    {
        CliRun.CopyProfiles(cli.Folder);
        Assert.Equal(code, await cli.RunAsync(arguments));
        Assert.Contains("this is the example, profiles", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_network_of_the_current_folder_comes_before_the_example()
    {
        CliRun.CopyProfiles(cli.Folder);
        cli.Write(
            "network.yaml",
            CliRun.ExampleNetwork.Replace(
                "network: example",
                "network: mine",
                StringComparison.Ordinal
            )
        );
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("document", "router01"));
        Assert.Contains("\"network\": \"mine\"", cli.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("example,", cli.Error, StringComparison.Ordinal);
    }
}
