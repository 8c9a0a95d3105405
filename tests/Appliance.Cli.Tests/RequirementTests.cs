using System.Text.Json;
using Appliance.Build.Tests;
using Appliance.Cli.Terminal;

namespace Appliance.Cli.Tests;

/// <summary>What a computer lacks is named before any work, all of it at once.</summary>
public sealed class RequirementTests : IDisposable
{
    private readonly CliRun cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task A_build_names_programs_sets_and_packages_together_with_commands_for_four_systems()
    {
        Assert.Equal(
            ExitCodes.Unavailable,
            await cli.RunWithoutPathAsync("build", "router01", "--verify", "--offline")
        );
        foreach (
            var part in new[]
            {
                "qemu-system-x86_64",
                "qemu-img",
                "base.txz",
                "frr10",
                "FreeBSD-ports",
                "sudo apt install qemu-system-x86 qemu-utils",
                "sudo dnf install qemu-system-x86-core qemu-img",
                "brew install qemu",
                "sudo pkg install qemu",
            }
        )
        {
            Assert.Contains(part, cli.Error, StringComparison.Ordinal);
        }

        Assert.StartsWith(
            "building router01 of example (network.yaml)",
            cli.Error,
            StringComparison.Ordinal
        );
        Assert.Equal("", cli.Out);
        Assert.False(Directory.Exists(Path.Combine(cli.Folder, "out")));
    }

    [Fact]
    public async Task A_build_that_is_not_booted_takes_no_QEMU()
    {
        Assert.Equal(
            ExitCodes.NoInput,
            await cli.RunWithoutPathAsync("build", "router01", "--offline")
        );
        Assert.Contains("base.txz", cli.Error, StringComparison.Ordinal);
        Assert.Contains("frr10, pkg", cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("qemu", cli.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_missing_first_boot_service_is_named_with_the_programs()
    {
        Assert.Equal(
            ExitCodes.Unavailable,
            await cli.RunWithoutPathAsync(
                "build",
                "router01",
                "--verify",
                "--offline",
                "--firstboot",
                "absent"
            )
        );
        Assert.Contains("first-boot service", cli.Error, StringComparison.Ordinal);
        Assert.Contains("qemu-system-x86_64", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_says_what_is_missing_and_exits_accordingly()
    {
        Assert.Equal(ExitCodes.Unavailable, await cli.RunWithoutPathAsync("doctor"));
        Assert.Matches("missing +qemu-img ", cli.Out);
        Assert.Contains("sudo apt install", cli.Out, StringComparison.Ordinal);
        Assert.Matches("ok +packages of edge +fetched when they are needed", cli.Out);

        Assert.Equal(
            ExitCodes.Unavailable,
            await cli.RunWithoutPathAsync("doctor", "--offline", "--json")
        );
        using var answer = JsonDocument.Parse(cli.Out);
        var missing = answer
            .RootElement.EnumerateArray()
            .Where(item => item.GetProperty("missing").GetBoolean())
            .Select(item => item.GetProperty("name").GetString());
        Assert.Superset(
            new HashSet<string?>
            {
                "qemu-img",
                "qemu-system-x86_64",
                "packages of edge",
                "packages of downstream",
            },
            missing.ToHashSet()
        );
    }

    [Fact]
    public async Task Doctor_is_content_where_nothing_is_missing()
    {
        Assert.SkipUnless(
            await cli.RunAsync("doctor") == ExitCodes.Ok,
            $"this computer lacks something: {cli.Out}"
        );
        Assert.DoesNotContain("missing", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_needs_no_network_file()
    {
        using var bare = new CliRun(withNetwork: false);
        Assert.Equal(ExitCodes.Unavailable, await bare.RunWithoutPathAsync("doctor", "--lab"));
        Assert.Contains("bird", bare.Out, StringComparison.Ordinal);
        Assert.Contains("FRR's RPKI module", bare.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_offline_plan_shows_what_is_known_and_then_what_is_missing()
    {
        Assert.Equal(ExitCodes.NoInput, await cli.RunAsync("plan", "router01", "--offline"));
        Assert.Contains(
            "router01 of example: profile edge, FreeBSD ",
            cli.Out,
            StringComparison.Ordinal
        );
        Assert.Contains("frr10", cli.Out, StringComparison.Ordinal);
        Assert.Contains("base", cli.Out, StringComparison.Ordinal);
        Assert.Contains("(missing)", cli.Out, StringComparison.Ordinal);
        Assert.Contains("freebsd-ufs", cli.Out, StringComparison.Ordinal);
        Assert.Contains("base.txz", cli.Error, StringComparison.Ordinal);
        Assert.Contains("frr10, pkg", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offline_sets_show_what_is_known_of_every_profile()
    {
        Assert.Equal(ExitCodes.NoInput, await cli.RunAsync("sets", "--offline"));
        Assert.Contains("edge", cli.Out, StringComparison.Ordinal);
        Assert.Contains("downstream", cli.Out, StringComparison.Ordinal);
        Assert.Contains("missing", cli.Out, StringComparison.Ordinal);
        Assert.Contains("kernel.txz", cli.Error, StringComparison.Ordinal);
        Assert.Contains(
            "edge names the packages FreeBSD-set-minimal, ",
            cli.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_offline_plan_shows_the_digests_that_the_lock_pins()
    {
        using var release = new MiniRelease();
        CliRun.CopyProfiles(cli.Folder);
        Assert.Equal(
            ExitCodes.Ok,
            await cli.RunAsync("lock", "--sets", release.SetsFolder, "--accept-sets")
        );
        Assert.Equal(
            ExitCodes.NoInput,
            await cli.RunAsync("plan", "router01", "--offline", "--json")
        );
        using var plan = JsonDocument.Parse(cli.Out);
        var set = plan.RootElement.GetProperty("inputs").EnumerateArray().First();
        Assert.Equal("base", set.GetProperty("name").GetString());
        Assert.Matches("^[0-9a-f]{64}$", set.GetProperty("sha256").GetString());
        Assert.False(set.GetProperty("present").GetBoolean());
    }
}
