using Appliance.Cli.Terminal;

namespace Appliance.Cli.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly CliRun cli = new();

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData("check")]
    [InlineData("render")]
    [InlineData("plan")]
    [InlineData("build")]
    [InlineData("verify")]
    [InlineData("document")]
    [InlineData("seed")]
    [InlineData("sets")]
    [InlineData("lock")]
    public async Task Every_verb_has_help_with_examples(string verb)
    {
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync(verb, "--help"));
        Assert.Contains("Examples:", cli.Out, StringComparison.Ordinal);
        Assert.Contains($"appliance {verb}", cli.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bild", "router01")]
    [InlineData("build")]
    [InlineData("build", "router01", "--mirror", "not a URL")]
    [InlineData("verify", "x.img", "--firmware", "coreboot")]
    public async Task A_wrong_command_line_is_a_usage_error(params string[] arguments)
    {
        Assert.Equal(ExitCodes.Usage, await cli.RunAsync(arguments));
        Assert.Contains("--help", cli.Error, StringComparison.Ordinal);
        Assert.Equal("", cli.Out);
    }

    [Fact]
    public async Task An_unknown_site_is_answered_with_the_known_ones()
    {
        Assert.Equal(ExitCodes.NoInput, await cli.RunAsync("render", "router99"));
        Assert.Contains("router01, vps01", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_does_not_exist_is_named()
    {
        Assert.NotEqual(ExitCodes.Ok, await cli.RunAsync("verify", "absent.img"));
        Assert.Contains("absent.img", cli.Error, StringComparison.Ordinal);
    }
}
