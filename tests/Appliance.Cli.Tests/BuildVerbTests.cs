using Appliance.Cli.Terminal;
using Appliance.Model.Releases;

namespace Appliance.Cli.Tests;

/// <summary>Builds that cannot be: each says why, and leaves nothing behind.</summary>
public sealed class BuildVerbTests : IDisposable
{
    private readonly CliRun cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Without_sets_and_network_the_files_to_bring_are_named_with_their_place()
    {
        var code = await cli.RunAsync("build", "router01", "--offline");
        Assert.Contains(code, new[] { ExitCodes.Unavailable, ExitCodes.NoInput });
        Assert.Contains("MANIFEST", cli.Error, StringComparison.Ordinal);
        Assert.Contains("base.txz", cli.Error, StringComparison.Ordinal);
        Assert.Contains("kernel.txz", cli.Error, StringComparison.Ordinal);
        Assert.Contains(
            Path.Combine(
                cli.Folder,
                "cache",
                "appliance",
                "sets",
                $"{ReleaseData.Current.NewestSupported.Name}-amd64"
            ),
            cli.Error,
            StringComparison.Ordinal
        );
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(cli.Folder, "out")));
    }

    [Fact]
    public async Task A_wrong_network_is_told_before_the_sets_are_missed()
    {
        cli.Write(
            "bad.yaml",
            CliRun.ExampleNetwork.Replace("asn: 64500", "asn: 23456", StringComparison.Ordinal)
        );
        Assert.Equal(
            ExitCodes.DataError,
            await cli.RunAsync("build", "router01", "--offline", "-n", "bad.yaml")
        );
        Assert.Contains("bad.yaml:6:", cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("MANIFEST", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_image_it_is_has_to_be_said_once()
    {
        Assert.Equal(ExitCodes.Usage, await cli.RunAsync("build", "--offline"));
        Assert.Contains("--profile", cli.Error, StringComparison.Ordinal);
        Assert.Equal(
            ExitCodes.Usage,
            await cli.RunAsync("plan", "router01", "--profile", "edge", "--offline")
        );
        Assert.Contains("not both", cli.Error, StringComparison.Ordinal);
        Assert.Equal(
            ExitCodes.NoInput,
            await cli.RunAsync("build", "--profile", "nobody", "--offline")
        );
        Assert.Contains("nobody.yaml", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_of_a_profile_is_not_booted_without_a_seed()
    {
        Assert.Equal(
            ExitCodes.Usage,
            await cli.RunAsync("build", "--profile", "edge", "--offline", "--verify")
        );
        Assert.Contains("--seed", cli.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(cli.Folder, "out")));
    }

    [Fact]
    public async Task An_output_folder_that_is_a_file_cannot_be_created()
    {
        cli.Write("out", "in the way");
        Assert.Equal(ExitCodes.CannotCreate, await cli.RunAsync("build", "router01", "--offline"));
        Assert.Contains("--output", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_format_that_needs_qemu_img_is_refused_before_the_work_begins()
    {
        using var bare = new CliRun();
        Assert.Equal(
            ExitCodes.Unavailable,
            await bare.RunWithoutPathAsync("build", "router01", "--offline", "--format", "vmdk")
        );
        Assert.Contains("qemu-img", bare.Error, StringComparison.Ordinal);
    }
}
