using System.Diagnostics;
using Appliance.Cli.Terminal;

namespace Appliance.Cli.Tests;

/// <summary>patch(1) is the reader of our differences.</summary>
public class UnifiedDiffTests
{
    [Theory]
    [InlineData("", "a\n")]
    [InlineData("a\n", "")]
    [InlineData("a\nb\nc\n", "a\nx\nc\n")]
    [InlineData(
        "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n",
        "0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n12\n13\n"
    )]
    public async Task Patch_makes_the_new_text_of_the_old_one(string before, string after)
    {
        Assert.Equal(after, await Patch(before, UnifiedDiff.Between(before, after, "file")));
    }

    [Fact]
    public async Task Random_edits_survive_patch()
    {
        var random = new Random(2026);
        for (var round = 0; round < 25; round++)
        {
            var lines = Enumerable.Range(0, 60).Select(_ => $"line {random.Next(20)}").ToList();
            var before = string.Concat(lines.Select(line => line + "\n"));
            for (var edit = 0; edit < 6; edit++)
            {
                var at = random.Next(lines.Count);
                if (random.Next(2) == 0)
                {
                    lines.RemoveAt(at);
                }
                else
                {
                    lines.Insert(at, $"new {random.Next(20)}");
                }
            }

            var after = string.Concat(lines.Select(line => line + "\n"));
            Assert.Equal(after, await Patch(before, UnifiedDiff.Between(before, after, "file")));
        }
    }

    [Fact]
    public void The_same_text_has_no_difference()
    {
        Assert.Equal("", UnifiedDiff.Between("a\nb\n", "a\nb\n", "file"));
    }

    private static async Task<string> Patch(string before, string diff)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/patch"), "patch(1) is not installed");
        var folder = Directory.CreateTempSubdirectory("appliance-diff-");
        try
        {
            var file = Path.Combine(folder.FullName, "file");
            await File.WriteAllTextAsync(file, before, TestContext.Current.CancellationToken);
            var start = new ProcessStartInfo("/usr/bin/patch", ["--silent", file])
            {
                RedirectStandardInput = true,
            };
            using var patch = Process.Start(start)!;
            await patch.StandardInput.WriteAsync(diff);
            patch.StandardInput.Close();
            await patch.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, patch.ExitCode);
            return File.Exists(file)
                ? await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)
                : "";
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
