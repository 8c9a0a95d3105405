using System.Text.Json;
using Appliance.Cli.Terminal;

namespace Appliance.Cli.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly CliRun cli = new();

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData("check")]
    [InlineData("render")]
    [InlineData("plan")]
    [InlineData("build")]
    [InlineData("verify")]
    [InlineData("document")]
    [InlineData("seed")]
    [InlineData("sets")]
    [InlineData("lock")]
    [InlineData("doctor")]
    public async Task Every_verb_has_help_with_examples(string verb)
    {
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync(verb, "--help"));
        Assert.Contains("Examples:", cli.Out, StringComparison.Ordinal);
        Assert.Contains($"appliance {verb}", cli.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bild", "router01")]
    [InlineData("build")]
    [InlineData("build", "router01", "--mirror", "not a URL")]
    [InlineData("verify", "x.img", "--firmware", "coreboot")]
    public async Task A_wrong_command_line_is_a_usage_error(params string[] arguments)
    {
        Assert.Equal(ExitCodes.Usage, await cli.RunAsync(arguments));
        Assert.Contains("--help", cli.Error, StringComparison.Ordinal);
        Assert.Equal("", cli.Out);
    }

    [Fact]
    public async Task An_unknown_site_is_answered_with_the_known_ones()
    {
        Assert.Equal(ExitCodes.NoInput, await cli.RunAsync("render", "router99"));
        Assert.Contains("router01, vps01", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_does_not_exist_is_named()
    {
        Assert.NotEqual(ExitCodes.Ok, await cli.RunAsync("verify", "absent.img"));
        Assert.Contains("absent.img", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_of_the_whole_program_fits_a_screen_of_80_by_24()
    {
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("--help"));
        var lines = cli.Out.TrimEnd('\n').Split('\n');
        // The last line of the screen is the shell's.
        Assert.InRange(lines.Length, 10, 23);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.DoesNotContain("Examples", cli.Out, StringComparison.Ordinal);
        foreach (var verb in new[] { "doctor", "check", "build", "verify", "seed", "lab" })
        {
            Assert.Contains(lines, line => line.StartsWith($"  {verb} ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task An_option_without_its_value_is_named()
    {
        Assert.Equal(ExitCodes.Usage, await cli.RunAsync("check", "--network"));
        Assert.Contains("--network needs a value", cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no verb 'bild'; did you mean build?", "bild", "router01")]
    [InlineData("a verb is missing; it is one of doctor, check,")]
    [InlineData("a verb is missing; it is one of up, status, down, test", "lab")]
    [InlineData("there is no verb 'upp'; did you mean up?", "lab", "upp")]
    [InlineData("Try 'appliance lab up --help'", "lab", "up", "--foo")]
    [InlineData("there is no option --nwtork; did you mean --network?", "check", "--nwtork", "x")]
    [InlineData(
        "there is no option --forec; did you mean --force?",
        "build",
        "router01",
        "--forec"
    )]
    [InlineData("there is no option --nope", "build", "--nope")]
    [InlineData("there is no option --nope", "render", "--nope")]
    [InlineData("'vdi' is none of raw, qcow2, vmdk, vhd", "build", "router01", "--format", "vdi")]
    [InlineData("--memory 'abc' is not a whole number", "verify", "x.img", "--memory", "abc")]
    [InlineData(
        "'coreboot' is none of bios, uefi, both",
        "verify",
        "x.img",
        "--firmware",
        "coreboot"
    )]
    [InlineData("SITE is missing: appliance seed SITE", "seed")]
    [InlineData("OLD is missing: appliance diff OLD NEW", "diff")]
    [InlineData("'y' is one argument too many: appliance render SITE", "render", "x", "y")]
    public async Task A_usage_error_is_in_the_words_of_the_command_line(
        string message,
        params string[] arguments
    )
    {
        Assert.Equal(ExitCodes.Usage, await cli.RunAsync(arguments));
        Assert.Contains(message, cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Appliance.", cli.Error, StringComparison.Ordinal);
        Assert.Equal("", cli.Out);

        Assert.Equal(ExitCodes.Usage, await cli.RunAsync([.. arguments, "--json"]));
        using var failure = JsonDocument.Parse(cli.Error);
        Assert.Equal(ExitCodes.Usage, failure.RootElement.GetProperty("exit_code").GetInt32());
        Assert.Equal("", cli.Out);
    }

    [Theory]
    [InlineData("check", "-n", "absent.yaml")]
    [InlineData("render", "router99")]
    [InlineData("render", "router01", "-n", "bad.yaml")]
    [InlineData("build", "router01", "--without-packages", "--offline")]
    [InlineData("build", "router01", "--output", "/dev/sda")]
    [InlineData("seed", "router01", "--secrets", "absent")]
    [InlineData("verify", "absent.img")]
    [InlineData("sets", "--offline")]
    [InlineData("lab", "up")]
    public async Task With_json_each_line_of_a_failure_is_an_object(params string[] arguments)
    {
        cli.Write(
            "bad.yaml",
            CliRun.ExampleNetwork.Replace("asn: 64500", "asn: x", StringComparison.Ordinal)
        );
        Assert.SkipWhen(
            arguments is ["lab", ..]
                && OperatingSystem.IsLinux()
                && Environment.IsPrivilegedProcess,
            "root may bring a lab up"
        );
        Assert.NotEqual(ExitCodes.Ok, await cli.RunAsync([.. arguments, "--json"]));
        var lines = cli.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(lines);
        Assert.All(
            lines,
            line =>
            {
                using var parsed = JsonDocument.Parse(line);
                Assert.Equal(JsonValueKind.Object, parsed.RootElement.ValueKind);
            }
        );
        using var last = JsonDocument.Parse(lines[^1]);
        Assert.NotEqual("", last.RootElement.GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("seed", "router01")]
    [InlineData("build", "router01", "--offline")]
    [InlineData("render", "router01")]
    public async Task An_output_folder_among_devices_is_refused(params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "has no /dev");
        var device = $"/dev/appliance-test-{Guid.NewGuid():N}";
        Assert.Equal(ExitCodes.Usage, await cli.RunAsync([.. arguments, "--output", device]));
        Assert.Contains("dd if=", cli.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(device));
    }

    [Theory]
    [InlineData("verify", "nofile")]
    [InlineData("verify", ".")]
    public async Task An_image_that_is_none_is_told_before_programs_are_looked_for(
        params string[] arguments
    )
    {
        Assert.Equal(ExitCodes.NoInput, await cli.RunWithoutPathAsync(arguments));
        Assert.DoesNotContain("qemu", cli.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(
            Directory.EnumerateFileSystemEntries(cli.Folder),
            path => path.EndsWith(".verify", StringComparison.Ordinal)
        );
    }
}
