using System.Text.RegularExpressions;

namespace Appliance.Rendering.Tests;

/// <summary>The loader prints "Malformed line" and goes on; nobody would see it. So every line is checked here.</summary>
public partial class LoaderConfTests
{
    public static TheoryData<string> Sites => Fixture.All;

    [Theory]
    [MemberData(nameof(Sites))]
    public void Every_line_is_in_the_loader_s_grammar(string site)
    {
        Assert.Empty(MalformedLines(Fixture.Render(site).Text("/boot/loader.conf")));
    }

    [Theory]
    [InlineData("console=\"a\"b\"")]
    [InlineData("net.fibs=2 3")]
    [InlineData("-x=\"1\"")]
    [InlineData("x=\"$y\"")]
    [InlineData("x=\"a\\nb\"")]
    public void A_malformed_line_is_noticed(string line)
    {
        Assert.Equal([line], MalformedLines($"# comment\n{line}\n"));
    }

    [Fact]
    public void The_file_is_in_the_image_and_holds_what_the_kernel_must_know()
    {
        var file = Fixture.Render("router01").Single(file => file.Path == "/boot/loader.conf");
        Assert.True(file.InImage);
        var lines = file.Content.Split('\n');
        Assert.Contains("net.fibs=\"2\"", lines);
        Assert.Contains("if_gre_load=\"YES\"", lines);
        Assert.Contains("autoboot_delay=\"-1\"", lines);
        Assert.Contains("boot_multicons=\"YES\"", lines);
    }

    [Fact]
    public void The_profile_replaces_a_setting_and_does_not_repeat_it()
    {
        var lines = Fixture.Render("edge02").Text("/boot/loader.conf").Split('\n');
        Assert.Equal(
            ["autoboot_delay=\"2\""],
            lines.Where(line => line.StartsWith("autoboot_delay", StringComparison.Ordinal))
        );
    }

    private static IEnumerable<string> MalformedLines(string text) =>
        text.Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#' && !Setting().IsMatch(line));

    // env_var="value" of loader.conf(5), without variables and escapes.
    [GeneratedRegex("""^[A-Za-z0-9][A-Za-z0-9_.%-]*="[^"$\\]*"$""")]
    private static partial Regex Setting();
}
