using Appliance.Build.Tests;
using Appliance.Cli.Terminal;

namespace Appliance.Cli.Tests;

/// <summary>Disks that do not take an image: nothing half-written stays, and the next build has all it needs.</summary>
public sealed class OutputTroubleTests : IDisposable
{
    private readonly MiniRelease release = new();
    private readonly CliRun cli = new();

    public OutputTroubleTests()
    {
        CliRun.CopyProfiles(cli.Folder);
    }

    public void Dispose()
    {
        release.Dispose();
        cli.Dispose();
    }

    [Theory]
    [InlineData("raw")]
    [InlineData("qcow2")]
    public async Task A_full_disk_is_told_and_no_half_image_stays(string format)
    {
        var output = Path.Combine(cli.Folder, "small");
        using (SmallDisk.Mount(output, "1m"))
        {
            Assert.Equal(ExitCodes.InputOutput, await BuildAsync("small", format));
            Assert.Contains("No space left", cli.Error, StringComparison.Ordinal);
            Assert.Contains(output, cli.Error, StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFileSystemEntries(output));
        }

        Assert.Equal(ExitCodes.Ok, await BuildAsync("large", format));
    }

    [Fact]
    public async Task A_read_only_disk_is_told_before_the_work()
    {
        var output = Path.Combine(cli.Folder, "small");
        using var disk = SmallDisk.Mount(output, "1m");
        disk.MakeReadOnly();
        Assert.Equal(ExitCodes.CannotCreate, await BuildAsync("small", "raw"));
        Assert.Contains("--output", cli.Error, StringComparison.Ordinal);
    }

    private Task<int> BuildAsync(string output, string format) =>
        cli.RunAsync(
            "build",
            "router01",
            "--sets",
            release.SetsFolder,
            "--accept-sets",
            "--output",
            output,
            "--format",
            format
        );
}
