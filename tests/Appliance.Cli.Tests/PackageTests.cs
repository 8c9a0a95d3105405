using System.Text.Json;
using Appliance.Cli.Terminal;

namespace Appliance.Cli.Tests;

/// <summary>Packages from a signed repository into an image, with the small release and the packages that pkg made.</summary>
public sealed class PackageTests : PackagedNetwork
{
    [Fact]
    public async Task A_package_and_what_it_needs_are_in_the_image_and_in_the_lock()
    {
        Assert.Equal(ExitCodes.Ok, await RunAsync("build", "router01"));
        var pins = await File.ReadAllTextAsync(LockPath, Token);
        Assert.Contains("minid-2.0,1.pkg", pins, StringComparison.Ordinal);
        Assert.Contains("mini-lib-1.2_1.pkg", pins, StringComparison.Ordinal);

        Assert.Equal(ExitCodes.Ok, await RunAsync("plan", "router01", "--json"));
        using var plan = JsonDocument.Parse(Cli.Out);
        var composition = plan.RootElement.GetProperty("composition");
        Assert.Contains(
            composition.GetProperty("files").EnumerateArray(),
            file =>
                file.GetProperty("path").GetString() == "/usr/local/sbin/minid"
                && file.GetProperty("origin").GetString() == "minid-2.0,1"
        );
        Assert.Contains(
            composition.GetProperty("files").EnumerateArray(),
            file => file.GetProperty("path").GetString() == "/var/db/pkg/local.sqlite"
        );
        Assert.Equal(
            ["builder", "builder", "first_boot", "builder"],
            composition
                .GetProperty("scripts")
                .EnumerateArray()
                .Select(script => script.GetProperty("handling").GetString())
        );
    }

    [Fact]
    public async Task An_image_of_the_profile_has_them_too_and_offers_its_sites()
    {
        Assert.Equal(ExitCodes.Ok, await RunAsync("build", "--profile", "edge"));
        Assert.True(File.Exists(Path.Combine(Cli.Folder, "out", "profile-edge.img")));
        Assert.Equal(ExitCodes.Ok, await RunAsync("plan", "--profile", "edge", "--json"));
        using var plan = JsonDocument.Parse(Cli.Out);
        Assert.False(
            plan.RootElement.TryGetProperty("site", out var site)
                && site.ValueKind != JsonValueKind.Null
        );
        Assert.Equal(
            ["router01"],
            plan.RootElement.GetProperty("choices")
                .EnumerateArray()
                .Select(choice => choice.GetString())
        );
        var paths = plan
            .RootElement.GetProperty("composition")
            .GetProperty("files")
            .EnumerateArray()
            .Select(file => file.GetProperty("path").GetString())
            .ToList();
        Assert.Contains("/usr/local/sbin/minid", paths);
        Assert.Contains("/usr/local/etc/appliance/sites/router01.json", paths);
        Assert.DoesNotContain("/usr/local/etc/appliance/site.json", paths);
    }

    [Fact]
    public async Task The_plan_tells_people_what_becomes_of_scripts()
    {
        Assert.Equal(ExitCodes.Ok, await RunAsync("plan", "router01"));
        Assert.Contains(
            "minid-2.0,1: its pre-install script (shell) is done: group mini (777), group minivty (778), user mini (777), mini in group minivty",
            Cli.Out,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "minid-2.0,1: its post-install script (shell) runs at first boot, because of \"date > /var/db/mini/installed\"",
            Cli.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task With_a_lock_no_catalogue_is_needed_and_the_same_bytes_come_out()
    {
        Assert.Equal(ExitCodes.Ok, await RunAsync("build", "router01"));
        var first = await File.ReadAllBytesAsync(Image, Token);
        File.Delete(Path.Combine(Repository, "packagesite.pkg"));
        File.Delete(Path.Combine(Repository, "data.pkg"));
        File.Delete(Path.Combine(Repository, "meta.conf"));

        Assert.Equal(ExitCodes.Ok, await RunAsync("build", "router01", "--offline"));

        Assert.Equal(first, await File.ReadAllBytesAsync(Image, Token));
    }

    [Fact]
    public async Task A_package_with_one_flipped_bit_is_refused_by_name_and_nothing_is_built()
    {
        Assert.Equal(ExitCodes.Ok, await RunAsync("lock"));
        FlipBit(Path.Combine(Repository, "minid-2.0,1.pkg"));

        Assert.Equal(ExitCodes.DataError, await RunAsync("build", "router01"));

        Assert.Contains("minid-2.0,1.pkg", Cli.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Image));
    }

    [Fact]
    public async Task A_repository_that_an_unknown_key_signed_is_refused()
    {
        Cli.Write(
            "profiles/keys/trusted/mini",
            $"function: \"sha256\"\nfingerprint: \"{new string('a', 64)}\"\n"
        );

        Assert.Equal(ExitCodes.DataError, await RunAsync("build", "router01"));

        Assert.Contains("FreeBSD-ports", Cli.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(LockPath));
        Assert.False(File.Exists(Image));
    }

    [Fact]
    public async Task Keys_brought_into_the_cache_are_trusted_for_that_repository_and_loudly()
    {
        Cli.Write(
            "profiles/keys/trusted/mini",
            $"function: \"sha256\"\nfingerprint: \"{new string('a', 64)}\"\n"
        );
        Copy(
            "*",
            Path.Combine(Samples, "keys/trusted"),
            "cache/appliance/packages/fingerprints/FreeBSD-ports/trusted"
        );

        Assert.Equal(ExitCodes.Ok, await RunAsync("lock", "--quiet"));

        Assert.Contains("fingerprints/FreeBSD-ports", Cli.Error, StringComparison.Ordinal);
        Cli.Write(
            "cache/appliance/packages/fingerprints/FreeBSD-ports/revoked/mini",
            await File.ReadAllTextAsync(Path.Combine(Samples, "keys/trusted/mini"), Token)
        );
        File.Delete(LockPath);
        Assert.Equal(ExitCodes.DataError, await RunAsync("lock"));
    }

    [Fact]
    public async Task Out_of_reach_a_repository_is_told_with_what_to_bring_and_how_to_do_without()
    {
        Name("minid");
        var profile = Path.Combine(Cli.Folder, "profiles", "edge.yaml");
        await File.WriteAllTextAsync(
            profile,
            (await File.ReadAllTextAsync(profile, Token)).Replace(
                "folder: repository",
                // A port that nobody listens on (RFC 863's service is gone).
                "url: \"http://127.0.0.1:9/${ABI}/latest\"",
                StringComparison.Ordinal
            ),
            Token
        );

        Assert.Equal(ExitCodes.Unavailable, await RunAsync("build", "router01"));

        Assert.Contains("meta.conf", Cli.Error, StringComparison.Ordinal);
        Assert.Contains(
            Path.Combine("packages", "FreeBSD:15:amd64", "FreeBSD-ports"),
            Cli.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("--without-packages", Cli.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Image));
    }

    [Fact]
    public async Task A_package_that_is_not_there_is_named_with_the_folder_it_has_to_be_in()
    {
        Assert.Equal(ExitCodes.Ok, await RunAsync("lock"));
        File.Delete(Path.Combine(Repository, "mini-lib-1.2_1.pkg"));

        Assert.Equal(ExitCodes.NoInput, await RunAsync("build", "router01"));

        Assert.Contains("mini-lib-1.2_1", Cli.Error, StringComparison.Ordinal);
        Assert.Contains(Repository, Cli.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Image));
    }

    [Fact]
    public async Task Two_packages_with_one_file_are_refused_by_both_names()
    {
        Name("minid, mini-twin");

        Assert.Equal(ExitCodes.DataError, await RunAsync("build", "router01"));

        Assert.Contains("minid-2.0,1", Cli.Error, StringComparison.Ordinal);
        Assert.Contains("mini-twin-1", Cli.Error, StringComparison.Ordinal);
        Assert.Contains("/usr/local/sbin/minid", Cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packages_are_left_out_on_demand_and_loudly()
    {
        Assert.Equal(
            ExitCodes.Ok,
            await RunAsync("build", "router01", "--without-packages", "--quiet")
        );
        Assert.Contains("built WITHOUT the packages", Cli.Error, StringComparison.Ordinal);
        Assert.Contains("minid", Cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "minid",
            await File.ReadAllTextAsync(LockPath, Token),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_repository_can_lie_elsewhere_and_has_to_be_one_of_the_profile()
    {
        Directory.Move(Repository, Path.Combine(Cli.Folder, "elsewhere"));
        Assert.Equal(
            ExitCodes.Ok,
            await RunAsync("lock", "--repository", "FreeBSD-ports=elsewhere")
        );
        Assert.Equal(
            ExitCodes.Usage,
            await RunAsync("lock", "--repository", "FreeBSD-prots=elsewhere")
        );
        Assert.Contains("FreeBSD-ports", Cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lock_pins_what_is_new_and_says_so()
    {
        Name("mini-lib");
        Assert.Equal(ExitCodes.Ok, await RunAsync("lock"));
        Name("minid");
        Assert.Equal(ExitCodes.DataError, await RunAsync("lock"));
        Assert.Contains("lock --update", Cli.Error, StringComparison.Ordinal);

        Assert.Equal(ExitCodes.Ok, await RunAsync("lock", "--update"));

        Assert.Contains("minid: pinned, 2.0,1", Cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sets_shows_packages_as_well()
    {
        Assert.Equal(ExitCodes.Ok, await RunAsync("sets", "--fetch", "--json"));
        using var inputs = JsonDocument.Parse(Cli.Out);
        Assert.Equal(
            ["mini-lib", "minid"],
            inputs
                .RootElement[0]
                .GetProperty("packages")
                .EnumerateArray()
                .Select(package => package.GetProperty("name").GetString())
        );
    }

    private static void FlipBit(string path)
    {
        using var file = File.Open(path, FileMode.Open);
        file.Position = file.Length / 2;
        var flipped = (byte)(file.ReadByte() ^ 1);
        file.Position--;
        file.WriteByte(flipped);
    }

    [Theory]
    [InlineData("minidd", "There is minid")]
    [InlineData("net/nobody", "no repository has it")]
    public async Task A_package_that_no_repository_has_is_a_finding_where_a_catalogue_is_at_hand(
        string package,
        string message
    )
    {
        Name($"minid, {package}");
        Assert.Equal(ExitCodes.DataError, await Cli.RunAsync("check"));
        Assert.Contains("error[PRO048] profiles/edge.yaml:", Cli.Out, StringComparison.Ordinal);
        Assert.Contains($"{package}: no repository has it", Cli.Out, StringComparison.Ordinal);
        Assert.Contains(message, Cli.Out, StringComparison.Ordinal);
        Name("minid");
        await Cli.RunAsync("check");
        Assert.DoesNotContain("PRO048", Cli.Out, StringComparison.Ordinal);
    }
}
