using System.Text.Json;
using Appliance.Build.Tests;
using Appliance.Build.Tests.Packages;
using Appliance.Cli.Terminal;
using Appliance.Model.Releases;

namespace Appliance.Cli.Tests;

/// <summary>Where the base system comes from: packages, or sets that are FreeBSD's own, accepted, or refused.</summary>
public sealed class BaseSystemTests : IDisposable
{
    private readonly MiniRelease release = new();
    private readonly CliRun cli = new();

    public BaseSystemTests() => CliRun.CopyProfiles(cli.Folder);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string LockPath => Path.Combine(cli.Folder, "profiles", "edge.lock.json");

    private string Repository => Path.Combine(cli.Folder, "profiles", "repository");

    public void Dispose()
    {
        release.Dispose();
        cli.Dispose();
    }

    [Fact]
    public async Task Sets_that_are_not_FreeBSDs_own_are_refused_and_nothing_is_written()
    {
        Assert.Equal(
            ExitCodes.DataError,
            await cli.RunAsync("build", "router01", "--sets", release.SetsFolder)
        );
        Assert.Contains("--accept-sets", cli.Error, StringComparison.Ordinal);
        Assert.Contains("published  sha256", cli.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(LockPath));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(cli.Folder, "out")));
    }

    [Fact]
    public async Task Accepted_sets_are_named_by_lock_plan_and_bill_and_the_lock_accepts_them_from_then_on()
    {
        string[] sets = ["--sets", release.SetsFolder];
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync(["lock", "--accept-sets", .. sets]));
        Assert.Contains("acceptedSets\": true", await File.ReadAllTextAsync(LockPath, Token));

        Assert.Equal(ExitCodes.Ok, await cli.RunAsync(["plan", "router01", "--json", .. sets]));
        using var plan = JsonDocument.Parse(cli.Out);
        Assert.False(plan.RootElement.GetProperty("base").GetProperty("official").GetBoolean());
        Assert.False(
            plan.RootElement.GetProperty("inputs")[0].GetProperty("official").GetBoolean()
        );
        Assert.Contains(
            plan.RootElement.GetProperty("composition").GetProperty("files").EnumerateArray(),
            file => file.GetProperty("path").GetString() == "/usr/local/share/appliance/base.json"
        );

        Assert.Equal(ExitCodes.Ok, await cli.RunAsync(["sbom", "router01", .. sets]));
        Assert.Contains("freebsd:official", cli.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("cpe:2.3:o:freebsd", cli.Out, StringComparison.Ordinal);

        Assert.Equal(ExitCodes.Ok, await cli.RunAsync(["build", "router01", .. sets]));
        Assert.Contains("NOT as FreeBSD published them", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_repository_sets_in_the_cache_are_used_aloud()
    {
        var oldest = ReleaseData.Current.Releases[0].Name;
        CopySets(oldest);

        Assert.Equal(
            ExitCodes.Ok,
            await cli.RunAsync("build", "router01", "--offline", "--accept-sets", "--json")
        );

        Assert.Contains("no repository of base packages can be reached", cli.Error);
        Assert.Contains(oldest, cli.Error, StringComparison.Ordinal);
        using var result = JsonDocument.Parse(cli.Out);
        Assert.Equal(
            "sets",
            result.RootElement.GetProperty("base").GetProperty("source").GetString()
        );
        Assert.Contains(oldest, await File.ReadAllTextAsync(LockPath, Token));

        // What was built is what is checked from then on.
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("check"));
        Assert.Contains("PRO063", cli.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("build", "router01", "--offline"));
    }

    [Fact]
    public async Task A_profile_that_names_its_release_takes_no_other_from_the_cache()
    {
        CopySets(ReleaseData.Current.Releases[0].Name);

        Assert.Equal(
            ExitCodes.NoInput,
            await cli.RunAsync(
                "build",
                "router01",
                "--offline",
                "--accept-sets",
                "--release",
                ReleaseData.Current.NewestSupported.Name
            )
        );
        Assert.False(File.Exists(LockPath));
    }

    [Fact]
    public async Task A_base_of_packages_has_the_patch_level_of_its_runtime_package()
    {
        UsePackages();
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("build", "router01", "--offline", "--json"));

        using var result = JsonDocument.Parse(cli.Out);
        var system = result.RootElement.GetProperty("base");
        Assert.Equal("packages", system.GetProperty("source").GetString());
        Assert.Equal(4, system.GetProperty("patch_level").GetInt32());
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("check"));
        Assert.DoesNotContain("PRO063", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_of_the_lock_says_the_patch_level_and_the_vulnerabilities_that_it_closes()
    {
        UsePackages();
        var list = cli.Write("vuln.xml", Vulnerable("15.1", "15.1_5"));
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("lock", "--offline"));
        Assert.Equal(
            ExitCodes.Failed,
            await cli.RunAsync("audit", "router01", "--offline", "--vuln", list)
        );
        Assert.Contains("base: FreeBSD 15.1-RELEASE-p4 from packages", cli.Out);
        Assert.Contains("lock --update", cli.Out, StringComparison.Ordinal);
        MiniRepository.Write(release, Repository, "15.1p5");

        Assert.Equal(
            ExitCodes.Ok,
            await cli.RunAsync("lock", "--update", "--offline", "--vuln", list)
        );

        Assert.Contains("base system: 15.1-RELEASE-p4 -> 15.1-RELEASE-p5", cli.Out);
        Assert.Contains("FreeBSD 15.1_4 -> 15.1_5 closes", cli.Out, StringComparison.Ordinal);
        Assert.Contains("CVE-2026-0001", cli.Out, StringComparison.Ordinal);
        Assert.Equal(
            ExitCodes.Ok,
            await cli.RunAsync("audit", "router01", "--offline", "--vuln", list)
        );
    }

    [Fact]
    public async Task A_release_past_its_end_of_life_is_a_finding_on_the_day_of_the_check()
    {
        cli.Today = ReleaseData.Current.NewestSupported.EndOfLife.AddDays(1);

        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("check"));

        Assert.Contains("PRO060", cli.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.DataError, await cli.RunAsync("check", "--strict"));
    }

    [Fact]
    public async Task An_unknown_release_is_a_usage_error_that_names_the_known_ones()
    {
        Assert.Equal(ExitCodes.Usage, await cli.RunAsync("build", "router01", "--release", "14"));
        Assert.Contains(ReleaseData.Current.NewestSupported.Name, cli.Error);
    }

    private void CopySets(string name)
    {
        var folder = Path.Combine(cli.Folder, "cache", "appliance", "sets", $"{name}-amd64");
        Directory.CreateDirectory(folder);
        foreach (var file in new[] { "MANIFEST", "base.txz", "kernel.txz" })
        {
            File.Copy(Path.Combine(release.SetsFolder, file), Path.Combine(folder, file));
        }
    }

    /// <summary>Both profiles on the small release as a package of an unsigned repository.</summary>
    private void UsePackages()
    {
        MiniRepository.Write(release, Repository);
        foreach (var name in new[] { "edge.yaml", "downstream.yaml" })
        {
            var path = Path.Combine(cli.Folder, "profiles", name);
            File.WriteAllText(
                path,
                string.Join(
                    '\n',
                    File.ReadAllLines(path)
                        .Select(line =>
                            line.StartsWith("base_packages:", StringComparison.Ordinal)
                                ? "base_packages: [FreeBSD-runtime]\nrepositories: {FreeBSD-base: {folder: repository, unsigned: true}}"
                                : line
                        )
                ) + "\n"
            );
        }
    }

    private static string Vulnerable(string from, string before) =>
        $"""
            <?xml version="1.0" encoding="utf-8"?>
            <vuxml xmlns="http://www.vuxml.org/apps/vuxml-1">
              <vuln vid="7ba5a3d0-4b18-11d8-a9d9-005056a2f1b1">
                <topic>FreeBSD -- an advisory</topic>
                <affects><package><name>FreeBSD</name><range><ge>{from}</ge><lt>{before}</lt></range></package></affects>
                <references><cvename>CVE-2026-0001</cvename></references>
              </vuln>
            </vuxml>
            """;
}
