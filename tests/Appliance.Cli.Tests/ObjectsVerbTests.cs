using Appliance.Cli.Terminal;

namespace Appliance.Cli.Tests;

public sealed class ObjectsVerbTests : IDisposable
{
    private readonly CliRun cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Objects_and_ROAs_of_the_network_are_shown()
    {
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("objects"));
        Assert.Contains("aut-num:        AS64500\n", cli.Out, StringComparison.Ordinal);
        Assert.Contains(
            "2001:db8:1c::/48  AS64500  maximum length 48",
            cli.Out,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(64500, ExitCodes.Ok, "valid")]
    [InlineData(64501, ExitCodes.Failed, "invalid")]
    public async Task An_announcement_is_compared_with_VRPs(int asn, int code, string state)
    {
        cli.Write(
            "vrps.json",
            $$"""{"roas": [{"asn": {{asn}}, "prefix": "2001:db8:1c::/48", "maxLength": 48}]}"""
        );
        Assert.Equal(code, await cli.RunAsync("objects", "--check", "vrps.json"));
        Assert.StartsWith($"{state} ", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_export_is_named()
    {
        Assert.Equal(ExitCodes.NoInput, await cli.RunAsync("objects", "--check", "absent.json"));
        Assert.Contains("absent.json", cli.Error, StringComparison.Ordinal);
    }
}
