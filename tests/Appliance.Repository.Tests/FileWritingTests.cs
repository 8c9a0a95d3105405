using System.Text.RegularExpressions;

namespace Appliance.Repository.Tests;

/// <summary>One project writes files and makes folders, and one type writes to the terminal, so that no other can forget how.</summary>
public partial class FileWritingTests
{
    /// <summary>What writes beside the one way, and why it may.</summary>
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["Appliance.Lab/Running/NodeMaker.cs"] = "the kernel's settings in /proc/sys",
        ["Appliance.Cli/Terminal/CliEnvironment.cs"] =
            "the one place that has the process's streams",
    };

    [Fact]
    public void Nothing_but_Appliance_Files_opens_files_for_writing()
    {
        Assert.Empty(
            Sources()
                .Where(source =>
                    !source.Path.StartsWith("Appliance.Files/", StringComparison.Ordinal)
                )
                .SelectMany(Writers)
        );
    }

    [Fact]
    public void Nothing_but_the_environment_writes_to_the_terminal()
    {
        Assert.Empty(
            Sources()
                .Where(source => !Allowed.ContainsKey(source.Path))
                .SelectMany(source => Matches(source, ToTerminal()))
        );
    }

    [Theory]
    [InlineData("await File.WriteAllTextAsync(path, text);")]
    [InlineData("File.Move(aside, path, overwrite: true);")]
    [InlineData("using var file = File.Create(path);")]
    [InlineData("new FileStream(path, FileMode.OpenOrCreate)")]
    [InlineData("File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite)")]
    [InlineData("new StreamWriter(path)")]
    [InlineData("new StreamWriter(files.Console) { AutoFlush = true }")]
    [InlineData("Directory.CreateDirectory(path);")]
    [InlineData("Directory.CreateTempSubdirectory(\"x\")")]
    [InlineData("XmlWriter.Create(aside, settings)")]
    [InlineData("File.SetUnixFileMode(path, mode)")]
    public void A_file_that_writes_by_itself_is_noticed(string code)
    {
        Assert.NotEmpty(Writers(new("Appliance.Cli/Verbs/New.cs", code)));
    }

    [Fact]
    public void Whoever_is_allowed_exists_and_needs_it()
    {
        var sources = Sources();
        Assert.All(
            Allowed.Keys,
            path =>
            {
                var source = Assert.Single(sources, source => source.Path == path);
                Assert.NotEmpty(Matches(source, Writing()).Concat(Matches(source, ToTerminal())));
            }
        );
    }

    private static IEnumerable<string> Writers(Source source) =>
        Allowed.ContainsKey(source.Path) ? [] : Matches(source, Writing());

    private static IEnumerable<string> Matches(Source source, Regex pattern) =>
        pattern.Matches(source.Text).Select(match => $"{source.Path}: {match.Value}");

    private static List<Source> Sources()
    {
        var root = RepositoryRoot.Combine("builder");
        return
        [
            .. Directory
                .EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
                .Where(path => !path.Contains("/obj/", StringComparison.Ordinal))
                .Select(path => new Source(path, File.ReadAllText(Path.Combine(root, path)))),
        ];
    }

    private sealed record Source(string Path, string Text);

    [GeneratedRegex(
        @"\bFile\.(Create|WriteAll|Append|OpenWrite|Copy|Move|Replace|SetUnixFileMode)\w*\("
            + @"|\bFileMode\.(Create|CreateNew|OpenOrCreate|Append|Truncate)\b"
            + @"|\bFileAccess\.(Write|ReadWrite)\b"
            + @"|\bDirectory\.(Create|Move)\w*\("
            + @"|\bnew StreamWriter\(|\bXmlWriter\.Create\((?!memory\b|text\b)"
    )]
    private static partial Regex Writing();

    [GeneratedRegex(@"(?<![\w.])(System\.)?Console\.(Out|Error|Write|WriteLine|OpenStandard\w+)\b")]
    private static partial Regex ToTerminal();
}
