using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Appliance.Cli.Terminal;

namespace Appliance.Cli.Tests;

/// <summary>
/// Native code has no types to look into and no code that a library makes while it runs: the published program must say
/// and write what this process does.
/// </summary>
public sealed partial class NativeProgramTests(NativeProgram program)
    : PackagedNetwork,
        IClassFixture<NativeProgram>
{
    [Theory]
    [InlineData("check")]
    [InlineData("check", "--json")]
    [InlineData("check", "--network", "wrong.yaml")]
    [InlineData("check", "--network", "wrong.yaml", "--json")]
    [InlineData("check", "--network", "absent.yaml", "--json")]
    [InlineData("render", "router01")]
    [InlineData("render", "router01", "--json")]
    [InlineData("render", "vps01", "--diff", ".", "--json")]
    [InlineData("objects")]
    [InlineData("objects", "--json")]
    [InlineData("objects", "--check", "vrps.json", "--json")]
    [InlineData("diff", "profiles/networks/example.yaml", "other.yaml", "--json")]
    [InlineData("seed", "router01", "--output", "seed", "--json")]
    [InlineData("lab", "down", "--name", "absent", "--json")]
    [InlineData("lab", "status", "--name", "absent", "--json")]
    [InlineData("verify", "absent.img", "--json")]
    [InlineData("bild", "router01")]
    [InlineData("build", "--help")]
    [InlineData("document", "router01")]
    public async Task It_answers_as_the_program_that_is_compiled_while_it_runs(
        params string[] arguments
    )
    {
        Cli.Write("wrong.yaml", CliRun.ExampleNetwork.Replace("asn:", "asm:", Ordinal));
        Cli.Write("other.yaml", CliRun.ExampleNetwork.Replace("blackhole:", "#", Ordinal));
        Cli.Write(
            "vrps.json",
            """{"roas": [{"asn": "AS1", "prefix": "2001:db8::/32", "maxLength": 48}]}"""
        );
        var expected = await Cli.RunAsync(arguments);
        var seen = await program.RunAsync(Cli.Folder, arguments);
        Assert.Equal(Same(Cli.Error), Same(seen.Error));
        Assert.Equal(Same(Cli.Out), Same(seen.Output));
        Assert.Equal(expected, seen.ExitCode);
        Assert.NotEmpty(seen.Output + seen.Error);
    }

    [Theory]
    [InlineData("sets", "--json")]
    [InlineData("lock", "--json")]
    [InlineData("manifest", "router01")]
    [InlineData("manifest", "router01", "--json")]
    [InlineData("sbom", "router01")]
    [InlineData("plan", "router01", "--json")]
    [InlineData("plan", "--profile", "edge", "--json")]
    public async Task It_answers_the_same_about_sets_and_packages(
        string verb,
        params string[] arguments
    )
    {
        var expected = await RunAsync(verb, arguments);
        File.Delete(LockPath);
        File.Delete(LockPath.Replace("edge", "downstream", Ordinal));
        var seen = await RunNativeAsync(verb, arguments);
        Assert.Equal(Same(Cli.Out), Same(seen.Output));
        Assert.Equal((ExitCodes.Ok, ExitCodes.Ok), (expected, seen.ExitCode));
    }

    [Fact]
    public async Task It_builds_the_same_image_from_sets_and_packages()
    {
        Assert.Equal(ExitCodes.Ok, await RunAsync("build", "router01", "--json"));
        var expected = await DigestAsync();
        File.Delete(Image);
        Directory.Delete(Path.Combine(Cli.Folder, "cache"), recursive: true);

        var seen = await RunNativeAsync("build", "router01", "--json");
        Assert.True(seen.ExitCode == ExitCodes.Ok, seen.Error);
        Assert.Equal(expected, await DigestAsync());
        Assert.Equal(Same(Cli.Out), Same(seen.Output));
    }

    private Task<(int ExitCode, string Output, string Error)> RunNativeAsync(
        string verb,
        params string[] arguments
    ) => program.RunAsync(Cli.Folder, [verb, .. arguments, "--sets", Sets, "--accept-sets"]);

    private async Task<string> DigestAsync()
    {
        await using var image = File.OpenRead(Image);
        return Convert.ToHexString(await SHA256.HashDataAsync(image, Token));
    }

    /// <summary>Both lie beside their own copies of what belongs to the program, take their own time and have their own name.</summary>
    private string Same(string text) =>
        Milliseconds()
            .Replace(text, "")
            .Replace(program.Folder, AppContext.BaseDirectory.TrimEnd('/'), Ordinal)
            .Replace("Usage:\n  Appliance.Cli.Tests", "Usage:\n  appliance", Ordinal);

    private const StringComparison Ordinal = StringComparison.Ordinal;

    [GeneratedRegex("\"milliseconds\": [0-9]+")]
    private static partial Regex Milliseconds();
}
