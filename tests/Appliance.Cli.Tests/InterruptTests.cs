using System.Runtime.Versioning;
using System.Security.Cryptography;
using Appliance.Build.Tests;
using Appliance.Cli.Terminal;

namespace Appliance.Cli.Tests;

/// <summary>The program itself, ended by a signal at moments in which a build cannot go on by itself.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class InterruptTests : IDisposable
{
    private const int EndedBySignal = 128;

    private readonly MiniRelease release = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-signal-");

    public InterruptTests()
    {
        CliRun.CopyProfiles(folder.FullName);
    }

    private string Output => Path.Combine(folder.FullName, "out");

    private string Tools => Path.Combine(folder.FullName, "tools");

    public void Dispose()
    {
        release.Dispose();
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_build_that_is_interrupted_while_it_unpacks_leaves_no_image_and_a_usable_cache(
        string signal
    )
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs signals, which kill(1) sends");
        var expected = await WholeAsync();
        Directory.Delete(Output, recursive: true);
        // Without what was unpacked before, a build needs these locks, and they are ours.
        Directory.Delete(
            Path.Combine(folder.FullName, "cache", "appliance", "store"),
            recursive: true
        );
        var locks = Directory
            .GetFiles(Path.Combine(folder.FullName, "cache"), "*.lock", SearchOption.AllDirectories)
            .Select(path => new FileStream(
                path,
                FileMode.Open,
                FileAccess.ReadWrite,
                FileShare.None
            ))
            .ToList();
        Assert.NotEmpty(locks);
        using (var build = Start())
        {
            await build.SignalAsync(signal);
            Assert.True(await build.EndAsync() >= EndedBySignal, await build.Error);
        }

        locks.ForEach(file => file.Dispose());
        AssertNoOutput();
        Assert.Equal(expected, await WholeAsync());
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_build_that_is_interrupted_while_it_converts_leaves_no_image_and_no_child(
        string signal
    )
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs signals, which kill(1) sends");
        var expected = await WholeAsync();
        Directory.Delete(Output, recursive: true);
        var mark = Path.Combine(folder.FullName, "converting");
        ProgramRun.MakeHanging(Tools, "qemu-img", mark);
        int converter;
        using (var build = Start("--format", "vmdk"))
        {
            await build.UntilAsync(() => File.Exists(mark));
            converter = int.Parse(
                await File.ReadAllTextAsync(mark, TestContext.Current.CancellationToken),
                System.Globalization.CultureInfo.InvariantCulture
            );
            await build.SignalAsync(signal);
            Assert.True(await build.EndAsync() >= EndedBySignal, await build.Error);
        }

        Assert.True(await ProgramRun.IsGoneAsync(converter));
        AssertNoOutput();
        Assert.Equal(expected, await WholeAsync());
    }

    [Fact]
    public async Task A_converter_dies_with_a_build_that_is_killed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs signals, which kill(1) sends");
        var mark = Path.Combine(folder.FullName, "converting");
        ProgramRun.MakeHanging(Tools, "qemu-img", mark);
        using var build = Start("--format", "vmdk");
        await build.UntilAsync(() => File.Exists(mark));
        var converter = int.Parse(
            await File.ReadAllTextAsync(mark, TestContext.Current.CancellationToken),
            System.Globalization.CultureInfo.InvariantCulture
        );
        await build.SignalAsync("KILL");
        await build.EndAsync();
        Assert.True(await ProgramRun.IsGoneAsync(converter));
        Assert.False(File.Exists(Path.Combine(Output, "router01.vmdk")));
    }

    private void AssertNoOutput()
    {
        var left = Directory.Exists(Output) ? Directory.GetFileSystemEntries(Output) : [];
        Assert.Empty(left);
    }

    /// <summary>A build that is left alone; the digest of its image.</summary>
    private async Task<string> WholeAsync()
    {
        using var build = Start();
        Assert.True(await build.EndAsync() == ExitCodes.Ok, await build.Error);
        var bytes = await File.ReadAllBytesAsync(
            Path.Combine(Output, "router01.img"),
            TestContext.Current.CancellationToken
        );
        return Convert.ToHexString(SHA256.HashData(bytes));
    }

    private ProgramRun Start(params string[] more) =>
        ProgramRun.Start(
            folder.FullName,
            Tools,
            [
                "build",
                "router01",
                "--quiet",
                "--sets",
                release.SetsFolder,
                "--output",
                Output,
                .. more,
            ]
        );
}
