using Appliance.Rendering.Text;

namespace Appliance.Cli.Tests;

/// <summary>Control characters of foreign text never reach standard output or standard error, with and without --json.</summary>
public sealed class PrintableOutputTests
{
    private static readonly char[] Unsafe =
    [
        .. Enumerable.Range(0, 0x10000).Select(value => (char)value).Where(PrintableText.IsUnsafe),
    ];

    /// <summary>A window title, conceal, a cursor that moves up, C1, and a right-to-left override; and markup of tables.</summary>
    private const string Hostile =
        "x\\e]0;title\\a\\e[8m\\e[2A\\x9b31m\\u202e\\u2028[red]y[/] [/] [bold";

    [Fact]
    public async Task Every_control_character_in_a_name_on_the_command_line_is_escaped()
    {
        using var cli = new CliRun();
        CliRun.CopyProfiles(cli.Folder);
        var all = new string([.. Unsafe.Where(character => character != '\0')]) + "[x]";
        string[][] verbs =
        [
            ["render", all],
            ["render", "router01", "--file", all],
            ["render", "router01", "--diff", all],
            ["verify", all],
            ["sets", "--sets", all],
            ["seed", "router01", "--signature", all],
            ["lab", "status", "--name", all],
        ];
        foreach (var verb in verbs)
        {
            await CheckAsync(cli, verb);
        }

        foreach (var character in all.Distinct())
        {
            await CheckAsync(cli, "check", "--network", $"a{character}b");
            await CheckAsync(cli, $"a{character}b");
        }
    }

    [Fact]
    public async Task Control_characters_in_every_value_of_a_network_are_escaped()
    {
        using var cli = new CliRun();
        CliRun.CopyProfiles(cli.Folder);
        var lines = CliRun.ExampleNetwork.Split('\n');
        var tried = 0;
        foreach (var (index, begin, end) in Values(lines))
        {
            var line = lines[index];
            var changed = lines.ToArray();
            changed[index] = $"{line[..begin]}\"{Hostile}\"{line[end..]}";
            cli.Write("hostile.yaml", string.Join('\n', changed));
            await CheckAsync(cli, "check", "--network", "hostile.yaml");
            await CheckAsync(cli, "render", "router01", "--network", "hostile.yaml");
            tried++;
        }

        Assert.True(tried > 30, $"{tried} values");
    }

    [Fact]
    public async Task Control_characters_in_every_value_of_a_profile_are_escaped()
    {
        using var cli = new CliRun();
        CliRun.CopyProfiles(cli.Folder);
        var path = Path.Combine(cli.Folder, "profiles", "edge.yaml");
        var lines = (
            await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)
        ).Split('\n');
        foreach (var (index, begin, end) in Values(lines))
        {
            var line = lines[index];
            var changed = lines.ToArray();
            changed[index] = $"{line[..begin]}\"{Hostile}\"{line[end..]}";
            cli.Write("profiles/edge.yaml", string.Join('\n', changed));
            await CheckAsync(cli, "check");
            await CheckAsync(cli, "plan", "router01", "--offline");
            await CheckAsync(cli, "sets", "--offline");
        }
    }

    [Fact]
    public async Task A_raw_control_character_in_a_network_file_is_escaped_where_its_line_is_shown()
    {
        using var cli = new CliRun();
        CliRun.CopyProfiles(cli.Folder);
        foreach (var character in Unsafe)
        {
            cli.Write("hostile.yaml", $"schema: 1\nnetwork: a{character}b\nasn: [x\n");
            await CheckAsync(cli, "check", "--network", "hostile.yaml");
        }
    }

    [Fact]
    public async Task Files_of_a_folder_that_is_compared_are_escaped()
    {
        using var cli = new CliRun();
        CliRun.CopyProfiles(cli.Folder);
        await cli.RunAsync("render", "router01", "--output", "old");
        cli.Write("old/etc/rc.conf", new string(Unsafe) + "\n");
        await CheckAsync(cli, "render", "router01", "--diff", "old");
        Assert.Contains("\\u001b", cli.Out, StringComparison.Ordinal);
    }

    private static async Task CheckAsync(CliRun cli, params string[] arguments)
    {
        foreach (var json in new[] { false, true })
        {
            await cli.RunAsync(json ? [.. arguments, "--json"] : arguments);
            foreach (var text in new[] { cli.Out, cli.Error })
            {
                var found = text.FirstOrDefault(PrintableText.IsUnsafe);
                Assert.True(
                    !text.Any(PrintableText.IsUnsafe),
                    $"U+{(int)found:X4} came out of {PrintableText.Line(string.Join(' ', arguments))}: {PrintableText.Line(text)}"
                );
            }
        }
    }

    /// <summary>The values of "key: value" lines and of flow mappings: line, first and last column.</summary>
    private static IEnumerable<(int Line, int Begin, int End)> Values(string[] lines)
    {
        for (var index = 0; index < lines.Length; index++)
        {
            var line = lines[index].Split(" #")[0].TrimEnd();
            for (
                var colon = 0;
                (colon = line.IndexOf(": ", colon, StringComparison.Ordinal)) >= 0;
                colon++
            )
            {
                var begin = colon + 2;
                if (begin >= line.Length || line[begin] is '{' or '[')
                {
                    continue;
                }

                var end = line.IndexOfAny([',', '}'], begin);
                yield return (index, begin, end < 0 ? line.Length : end);
            }
        }
    }
}
