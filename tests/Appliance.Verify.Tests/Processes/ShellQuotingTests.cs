using Appliance.Verify.Processes;

namespace Appliance.Verify.Tests.Processes;

public class ShellQuotingTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("if=none,id=disk0,file=/tmp/a.raw", "if=none,id=disk0,file=/tmp/a.raw")]
    [InlineData("two words", "'two words'")]
    [InlineData("", "''")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("trailing\n", "'trailing\n'")]
    public void Words_are_quoted_only_where_they_need_it(string word, string expected)
    {
        Assert.Equal(expected, ShellQuoting.Word(word));
    }

    [Theory]
    [InlineData("a b", "it's", "$HOME", "`id`", "x\ny", "", "\"", "\\")]
    public async Task A_real_shell_reads_the_same_words_back(params string[] words)
    {
        Need.Tools(Need.Shell);
        var script = $"printf '%s|' {ShellQuoting.Command(words)}";
        var outcome = await Need.Processes.RunAsync(new(Need.Shell, "-c", script), Need.Token);
        Assert.Equal(string.Concat(words.Select(word => word + "|")), outcome.StandardOutput);
    }
}
