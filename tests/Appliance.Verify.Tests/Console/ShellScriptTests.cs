using Appliance.Verify.Console;

namespace Appliance.Verify.Tests.Console;

/// <summary>What is typed into the guest's shell, typed into a real one.</summary>
public sealed class ShellScriptTests : IDisposable
{
    private readonly TestFolder folder = new();

    public ShellScriptTests()
    {
        Need.Tools(Need.Shell);
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("echo one; echo two >&2", "one\ntwo\n", 0)]
    [InlineData("printf 'no end'; exit 3", "no end\n", 3)]
    [InlineData("echo 'it'\"'\"'s'", "it's\n", 0)]
    [InlineData("for i in 1 2\ndo echo $i\ndone", "1\n2\n", 0)]
    [InlineData("read x; echo \"[$x]\"", "[]\n", 0)]
    [InlineData("false", "", 1)]
    [InlineData("echo; echo", "\n\n", 0)]
    public async Task Commands_run_as_they_are_written(string command, string output, int status)
    {
        Assert.Equal((output, status), await RunAsync(command));
    }

    [Fact]
    public async Task A_long_command_is_typed_in_lines_that_a_terminal_accepts()
    {
        var words = string.Join(' ', Enumerable.Range(0, 500).Select(number => $"it\\'s-{number}"));
        var command = $"echo {words}";
        Assert.All(
            ShellScript.Lines(command, 1),
            line => Assert.True(line.Length <= ShellScript.LongestLine)
        );
        var (output, _) = await RunAsync(command);
        Assert.Equal(words.Replace("\\", "", StringComparison.Ordinal) + "\n", output);
    }

    [Fact]
    public void The_echo_of_what_is_typed_is_not_taken_for_an_answer()
    {
        var typed = string.Concat(ShellScript.Lines("true", 7)) + ShellScript.Setup(7);
        Assert.DoesNotContain(ShellScript.Begin(7), typed, StringComparison.Ordinal);
        Assert.DoesNotContain(ShellScript.End(7), typed, StringComparison.Ordinal);
        Assert.DoesNotContain(ShellScript.Ready(7), typed, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_characters_cannot_be_typed()
    {
        Assert.Throws<ArgumentException>(() => ShellScript.Lines("echo \u0004", 1));
    }

    /// <summary>Runs the typed lines from a file, and takes the answer apart as the console's reader does.</summary>
    private async Task<(string Output, int Status)> RunAsync(string command)
    {
        await File.WriteAllTextAsync(
            folder.File("typed"),
            string.Concat(ShellScript.Lines(command, 1)),
            Need.Token
        );
        var outcome = await Need.Processes.RunAsync(
            new(Need.Shell, folder.File("typed")),
            Need.Token
        );
        var begin = outcome.StandardOutput.IndexOf(
            ShellScript.Begin(1) + "\n",
            StringComparison.Ordinal
        );
        var end = outcome.StandardOutput.IndexOf(ShellScript.End(1), StringComparison.Ordinal);
        var body = outcome.StandardOutput[(begin + ShellScript.Begin(1).Length + 1)..end];
        Assert.EndsWith("\n", body, StringComparison.Ordinal);
        var status = outcome.StandardOutput[(end + ShellScript.End(1).Length)..].Trim();
        var clean =
            body.EndsWith("\n\n", StringComparison.Ordinal) || body == "\n" ? body[..^1] : body;
        return (clean, int.Parse(status, System.Globalization.CultureInfo.InvariantCulture));
    }
}
