using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Personalisation;
using Appliance.Rendering;

namespace Appliance.FirstBoot.Checks;

/// <summary>The personalised files are still what the document makes of them, and as closed as they must be.</summary>
internal static class FileChecks
{
    private const int PrivateMode = 0b110_000_000;

    public static void Add(CheckList list, Expectation expected, KernelSnapshot kernel)
    {
        foreach (var file in expected.Files)
        {
            AddContent(list, file, kernel.Contents.GetValueOrDefault(file.Path));
            AddFacts(
                list,
                file.Path,
                new FileFacts(
                    file.Mode,
                    expected.Accounts.UserOf(file),
                    expected.Accounts.GroupOf(file)
                ),
                kernel
            );
        }

        if (expected.IsEnabled("sshd_enable"))
        {
            foreach (var key in HostKeys.Wanted(expected.Files))
            {
                AddFacts(list, key, new FileFacts(PrivateMode, "root", "wheel"), kernel);
            }
        }
    }

    private static void AddContent(CheckList list, RenderedFile file, string? content) =>
        list.Add(
            $"file.{file.Path}.content",
            content == file.Content,
            "as rendered",
            content is null ? null
                : content == file.Content ? "as rendered"
                : $"differs from line {FirstDifference(file.Content, content)}"
        );

    private static void AddFacts(
        CheckList list,
        string path,
        FileFacts expected,
        KernelSnapshot kernel
    )
    {
        var actual = kernel.Files.GetValueOrDefault(path);
        list.Equal(
            $"file.{path}.mode",
            Describe(expected),
            actual is null ? null : Describe(actual)
        );
    }

    private static string Describe(FileFacts facts) =>
        $"{FileListParser.Octal(facts.Mode)} {facts.Owner}:{facts.Group}";

    /// <summary>Number of the first line that is not the same, from 1; the lines themselves may hold secrets.</summary>
    private static int FirstDifference(string one, string other)
    {
        var first = one.Split('\n');
        var second = other.Split('\n');
        var same = first.Zip(second).TakeWhile(pair => pair.First == pair.Second).Count();
        return same + 1;
    }
}
