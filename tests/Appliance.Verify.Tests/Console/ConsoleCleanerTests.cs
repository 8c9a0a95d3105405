using System.Text;
using Appliance.Verify.Console;

namespace Appliance.Verify.Tests.Console;

public class ConsoleCleanerTests
{
    [Theory]
    [InlineData("a\r\nb\n", "a", "b")]
    [InlineData("\r\r\nx\r\n", "", "x")]
    [InlineData("10%\r20%\r100%\r\n", "100%")]
    [InlineData("load |\b/\b-\b\\\bdone\n", "load done")]
    [InlineData("\e[0m\e[1;31mred\e[m text\n", "red text")]
    [InlineData("\e[2J\e[01;01HBdsDxe: loading\e[5;1Hnext\n", "BdsDxe: loading", "next")]
    [InlineData("\e]0;title\amarked\e]8;;x\e\\ text\n", "marked text")]
    [InlineData("\e(B\e)0plain\n", "plain")]
    [InlineData("tab\tkept, bell\a and nul\0 not\n", "tab\tkept, bell and nul not")]
    [InlineData("Zürich 日本\n", "Zürich 日本")]
    [InlineData(
        "\econe\nLoading /boot/de\e[2;16H\e[2;17Hfaults\n",
        "one",
        "Loading /boot/defaults"
    )]
    [InlineData("\econe\e[1;2HNE\e[5;2Helsewhere\n", "oNE", "elsewhere")]
    [InlineData("\e]never ended\nline\n", "", "line")]
    [InlineData("\e[12;\nline\n", "", "line")]
    public void Lines_come_out_as_one_would_read_them(string sent, params string[] expected)
    {
        Assert.Equal(expected, new ConsoleCleaner().Add(Encoding.UTF8.GetBytes(sent)));
    }

    [Fact]
    public void Where_the_bytes_are_cut_makes_no_difference()
    {
        var bytes = Encoding.UTF8.GetBytes("\e[1mZürich\e[0m 日本\r\nzwei\r\n");
        var cleaner = new ConsoleCleaner();
        var lines = bytes.SelectMany(one => cleaner.Add([one])).ToList();
        Assert.Equal(["Zürich 日本", "zwei"], lines);
    }

    [Fact]
    public void Garbage_is_survived_and_text_after_it_is_read()
    {
        var garbage = new byte[100_000];
        new Random(1).NextBytes(garbage);
        var cleaner = new ConsoleCleaner();
        cleaner.Add(garbage);
        cleaner.Add("\e\\\n"u8);
        Assert.Equal(["panic: after all"], cleaner.Add("panic: after all\n"u8));
    }

    [Fact]
    public void An_unfinished_line_can_be_read_and_ends_later()
    {
        var cleaner = new ConsoleCleaner();
        Assert.Empty(cleaner.Add("login: "u8));
        Assert.Equal("login: ", cleaner.Unfinished);
        Assert.Equal(["login: root"], cleaner.Add("root\n"u8));
    }

    [Fact]
    public void A_line_without_end_is_cut()
    {
        var cleaner = new ConsoleCleaner();
        var lines = cleaner.Add(
            Encoding.ASCII.GetBytes(new string('x', ConsoleCleaner.LongestLine + 3))
        );
        Assert.Equal(ConsoleCleaner.LongestLine, Assert.Single(lines).Length);
        Assert.Equal("xxx", cleaner.Unfinished);
    }
}
