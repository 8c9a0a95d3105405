using System.Text.Json;
using Appliance.Build.Tests;
using Appliance.Cli.Terminal;

namespace Appliance.Cli.Tests;

/// <summary>Verbs that use sets, with a release small enough for tests and profiles that may be locked.</summary>
public sealed class SetsTests : IDisposable
{
    private readonly MiniRelease release = new();
    private readonly CliRun cli = new();

    public SetsTests()
    {
        CliRun.CopyProfiles(cli.Folder);
    }

    private string LockPath => Path.Combine(cli.Folder, "profiles", "edge.lock.json");

    private string Image => Path.Combine(cli.Folder, "out", "router01.img");

    public void Dispose()
    {
        release.Dispose();
        cli.Dispose();
    }

    [Fact]
    public async Task A_build_writes_one_image_and_pins_what_it_was_made_of()
    {
        Assert.Equal(ExitCodes.Ok, await RunAsync("build", "router01", "--json"));
        using var result = JsonDocument.Parse(cli.Out);
        Assert.Equal(Image, result.RootElement.GetProperty("images")[0].GetString());
        Assert.Equal(
            result.RootElement.GetProperty("disk_bytes").GetInt64(),
            new FileInfo(Image).Length
        );
        Assert.Equal([Image], Directory.EnumerateFiles(Path.GetDirectoryName(Image)!));
        Assert.Contains(
            "base.txz",
            await File.ReadAllTextAsync(LockPath, Token),
            StringComparison.Ordinal
        );
        Assert.Equal(ExitCodes.Ok, await RunAsync("build", "router01"));
    }

    [Fact]
    public async Task A_set_with_one_flipped_bit_is_refused_and_costs_nothing()
    {
        Assert.Equal(ExitCodes.Ok, await RunAsync("lock"));
        var pinned = await File.ReadAllTextAsync(LockPath, Token);
        FlipBit(Path.Combine(release.SetsFolder, "base.txz"));
        Assert.Equal(ExitCodes.DataError, await RunAsync("build", "router01"));
        Assert.Contains("base.txz", cli.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Image));
        Assert.Equal(pinned, await File.ReadAllTextAsync(LockPath, Token));
    }

    [Fact]
    public async Task Lock_says_what_it_pinned_and_then_that_nothing_changed()
    {
        Assert.Equal(ExitCodes.Ok, await RunAsync("lock"));
        Assert.Matches("base: pinned, [0-9]+ bytes, sha256 [0-9a-f]{64}", cli.Out);
        Assert.Equal(ExitCodes.Ok, await RunAsync("lock"));
        Assert.Contains("unchanged", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sets_and_plan_tell_machines_where_every_input_is()
    {
        Assert.Equal(ExitCodes.Ok, await RunAsync("sets", "--json"));
        using var sets = JsonDocument.Parse(cli.Out);
        Assert.Equal(2, sets.RootElement.GetArrayLength());
        Assert.Equal(ExitCodes.Ok, await RunAsync("plan", "router01", "--json"));
        using var plan = JsonDocument.Parse(cli.Out);
        Assert.Contains(
            plan.RootElement.GetProperty("composition").GetProperty("files").EnumerateArray(),
            file => file.GetProperty("path").GetString() == "/usr/bin/su"
        );
    }

    [Fact]
    public async Task A_folder_where_an_image_should_go_leaves_nothing_behind()
    {
        Directory.CreateDirectory(Image);
        Assert.Equal(ExitCodes.InputOutput, await RunAsync("build", "router01"));
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(Image)!));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<int> RunAsync(string verb, params string[] arguments) =>
        cli.RunAsync([verb, .. arguments, "--sets", release.SetsFolder, "--accept-sets"]);

    private static void FlipBit(string path)
    {
        using var file = File.Open(path, FileMode.Open);
        file.Position = file.Length / 2;
        var flipped = (byte)(file.ReadByte() ^ 1);
        file.Position--;
        file.WriteByte(flipped);
    }
}
