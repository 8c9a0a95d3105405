using System.Runtime.Versioning;
using Appliance.Build.Tests;
using Appliance.Cli.Terminal;

namespace Appliance.Cli.Tests;

/// <summary>
/// Each verb runs once to see which files it writes, outputs, locks and caches alike. Then each of these files is a symbolic
/// link to a foreign one when the verb runs again: the foreign file must stay as it is.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class OutputLinksTests : IDisposable
{
    private const string Precious = "precious";

    private readonly MiniRelease release = new();
    private readonly DirectoryInfo foreign = Directory.CreateTempSubdirectory("appliance-foreign-");

    public static TheoryData<string> Verbs =>
        [
            "build router01 --sets SETS --output out",
            "build router01 --sets SETS --output out --format qcow2",
            "build router01 --sets SETS --output out --format vmdk --format vhd",
            "build --profile edge --sets SETS --output out",
            "plan router01 --sets SETS",
            "lock --sets SETS",
            "seed router01 --output out",
            "seed router01 --stock --format iso --output out",
            "render router01 --output out",
        ];

    public void Dispose()
    {
        release.Dispose();
        foreign.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task No_symbolic_link_at_any_place_that_a_verb_writes_is_followed(string verb)
    {
        Assert.SkipWhen(
            verb.Contains("vmdk", StringComparison.Ordinal) && !File.Exists("/usr/bin/qemu-img"),
            "qemu-img is not installed"
        );
        var written = await WrittenAsync(verb);
        foreach (var path in written)
        {
            foreach (var place in new[] { path, path + ".part" })
            {
                await TryAsync(verb, place);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{written.Count} files, {2 * written.Count} links: {string.Join(", ", written)}"
        );
    }

    [Fact]
    public async Task A_folder_below_the_output_that_is_a_link_is_refused()
    {
        var folders = (await WrittenAsync("render router01 --output out"))
            .Select(path => Path.GetDirectoryName(path)!)
            .Where(path => path != "out")
            .Distinct()
            .ToList();
        Assert.NotEmpty(folders);
        foreach (var folder in folders)
        {
            using var cli = new CliRun();
            CliRun.CopyProfiles(cli.Folder);
            var link = Path.Combine(cli.Folder, folder);
            Directory.CreateDirectory(Path.GetDirectoryName(link)!);
            Directory.CreateSymbolicLink(link, foreign.FullName);
            Assert.Equal(
                ExitCodes.CannotCreate,
                await cli.RunAsync("render", "router01", "--output", "out")
            );
            Assert.Contains(link, cli.Error, StringComparison.Ordinal);
            Assert.Empty(foreign.GetFileSystemInfos());
        }
    }

    [Theory]
    [InlineData("build router01 --sets SETS --output /dev/null")]
    [InlineData("seed router01 --output /dev/null")]
    [InlineData("render router01 --output /dev/null")]
    [InlineData("seed router01 --output fifo")]
    [InlineData("render router01 --output fifo")]
    [InlineData("seed router01 --output dangling")]
    [InlineData("render router01 --output profiles/edge.yaml")]
    public async Task An_output_folder_that_is_none_is_refused_with_its_name(string verb)
    {
        using var cli = new CliRun();
        CliRun.CopyProfiles(cli.Folder);
        File.CreateSymbolicLink(Path.Combine(cli.Folder, "dangling"), "nowhere");
        using (
            var fifo = System.Diagnostics.Process.Start("mkfifo", Path.Combine(cli.Folder, "fifo"))
        )
        {
            await fifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(ExitCodes.CannotCreate, await cli.RunAsync(Words(verb)));
        Assert.Contains(verb.Split(' ')[^1], cli.Error, StringComparison.Ordinal);
        Assert.False(Path.Exists(Path.Combine(cli.Folder, "nowhere")));
    }

    [Fact]
    public async Task A_seed_is_for_its_owner_alone()
    {
        using var cli = new CliRun();
        CliRun.CopyProfiles(cli.Folder);
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("seed", "router01", "--output", "out"));
        var files = Directory.GetFiles(Path.Combine(cli.Folder, "out"));
        Assert.Equal(2, files.Length);
        Assert.All(
            files,
            file =>
                Assert.Equal(
                    UnixFileMode.UserRead | UnixFileMode.UserWrite,
                    File.GetUnixFileMode(file)
                )
        );
    }

    /// <summary>Either the link was replaced by the output, or the verb says what is in its way.</summary>
    private async Task TryAsync(string verb, string place)
    {
        using var cli = new CliRun();
        CliRun.CopyProfiles(cli.Folder);
        var victim = Path.Combine(foreign.FullName, Guid.NewGuid().ToString("N"));
        File.WriteAllText(victim, Precious);
        var link = Path.Combine(cli.Folder, place);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.Delete(link);
        File.CreateSymbolicLink(link, victim);

        var code = await cli.RunAsync(Words(verb));

        Assert.True(File.ReadAllText(victim) == Precious, $"{verb} wrote through {place}");
        Assert.True(
            code == ExitCodes.Ok || cli.Error.Contains(link, StringComparison.Ordinal),
            $"{verb} with a link at {place}: {code}, {cli.Error}"
        );
        File.Delete(victim);
    }

    /// <summary>What a verb leaves, relative to its folder.</summary>
    private async Task<IReadOnlyList<string>> WrittenAsync(string verb)
    {
        using var cli = new CliRun();
        CliRun.CopyProfiles(cli.Folder);
        var before = Files(cli.Folder).ToHashSet();
        Assert.True(await cli.RunAsync(Words(verb)) == ExitCodes.Ok, cli.Error);
        return [.. Files(cli.Folder).Where(path => !before.Contains(path))];
    }

    private string[] Words(string verb) =>
        [.. verb.Split(' ').Select(word => word == "SETS" ? release.SetsFolder : word)];

    private static IEnumerable<string> Files(string folder) =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path))
            .Order(StringComparer.Ordinal);
}
