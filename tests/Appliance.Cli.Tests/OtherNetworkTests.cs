using Appliance.Build.Tests;
using Appliance.Cli.Terminal;

namespace Appliance.Cli.Tests;

/// <summary>What was made for another network or site is not overwritten without being told to.</summary>
public sealed class OtherNetworkTests : IDisposable
{
    private readonly MiniRelease release = new();
    private readonly CliRun cli = new();

    public OtherNetworkTests()
    {
        CliRun.CopyProfiles(cli.Folder);
        cli.Write("mine.yaml", Renamed("mine", "router01.example.net"));
        cli.Write("same.yaml", Renamed("mine", "router01.example.org"));
    }

    public void Dispose()
    {
        release.Dispose();
        cli.Dispose();
    }

    [Theory]
    [InlineData("seed", "router01.seed.img")]
    [InlineData("seed", "router01.seed.iso")]
    [InlineData("build", "router01.img")]
    public async Task An_output_of_another_network_is_refused_until_it_is_forced(
        string verb,
        string file
    )
    {
        Assert.Equal(ExitCodes.Ok, await RunAsync(verb, "router01", "-n", "mine.yaml"));
        var path = Path.Combine(cli.Folder, "out", file);
        // A seed is two files, and the first is refused first.
        foreach (var other in Directory.GetFiles(Path.Combine(cli.Folder, "out")))
        {
            if (other != path)
            {
                File.Delete(other);
            }
        }

        var before = await File.ReadAllBytesAsync(path, Token);

        Assert.Equal(ExitCodes.Usage, await RunAsync(verb, "router01"));
        Assert.Contains(
            $"{file} was made for site router01 of network mine",
            cli.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("--force", cli.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(path, Token));

        Assert.Equal(ExitCodes.Ok, await RunAsync(verb, "router01", "-n", "same.yaml"));
        Assert.Equal(ExitCodes.Ok, await RunAsync(verb, "router01", "--force"));
        Assert.NotEqual(before, await File.ReadAllBytesAsync(path, Token));
        Assert.Equal(ExitCodes.Ok, await RunAsync(verb, "router01"));
    }

    [Fact]
    public async Task A_seed_for_the_stock_image_is_known_by_its_host_name()
    {
        Assert.Equal(
            ExitCodes.Ok,
            await RunAsync("seed", "router01", "--stock", "-n", "same.yaml")
        );
        Assert.Equal(ExitCodes.Usage, await RunAsync("seed", "router01", "--stock"));
        Assert.Contains("made for router01.example.org", cli.Error, StringComparison.Ordinal);
        Assert.Equal(
            ExitCodes.Ok,
            await RunAsync("seed", "router01", "--stock", "-n", "same.yaml")
        );
    }

    [Fact]
    public async Task Files_rendered_for_another_machine_are_refused_until_it_is_forced()
    {
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("render", "vps01", "-o", "before"));
        Assert.Equal(ExitCodes.Usage, await cli.RunAsync("render", "router01", "-o", "before"));
        Assert.Contains("made for vps01.example.net", cli.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("render", "vps01", "-o", "before"));
        Assert.Equal(
            ExitCodes.Ok,
            await cli.RunAsync("render", "router01", "-o", "before", "--force")
        );
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Renamed(string network, string hostname) =>
        CliRun
            .ExampleNetwork.Replace(
                "network: example",
                $"network: {network}",
                StringComparison.Ordinal
            )
            .Replace("router01.example.net", hostname, StringComparison.Ordinal);

    private Task<int> RunAsync(string verb, params string[] arguments) =>
        cli.RunAsync([
            verb,
            .. arguments,
            .. verb == "build"
                ? ["--sets", release.SetsFolder, "--accept-sets"]
                : Array.Empty<string>(),
        ]);
}
