using Appliance.Build.Packages.Installation;
using Appliance.Build.Tests.Packages.Installation;

namespace Appliance.Build.Tests.Packages.Database;

/// <summary>pkg itself reads our database and our files, and says what it says of its own.</summary>
public sealed class RealPkgTests : IDisposable
{
    private readonly PackageSystem system = new();

    public void Dispose() => system.Dispose();

    [Fact]
    public void It_answers_every_question_as_it_does_after_its_own_installation()
    {
        using var pkg = Installed();
        pkg.AddRepository();

        var questions = 0;
        foreach (var (question, answer) in Answers())
        {
            Assert.Equal(
                $"{question}\n{answer}",
                $"{question}\n{pkg.Ask(question.Split(' ')).TrimEnd()}"
            );
            questions++;
        }

        Assert.Equal(24, questions);
    }

    [Fact]
    public void It_finds_a_file_that_was_changed()
    {
        using var pkg = Installed();
        File.WriteAllText(Path.Combine(pkg.Root, "usr/local/sbin/minid"), "changed");

        var answer = pkg.Ask("check", "-s", "-q", "-a");

        Assert.Contains(
            "minid-2.0,1: checksum mismatch for /usr/local/sbin/minid",
            answer,
            StringComparison.Ordinal
        );
        Assert.EndsWith("exit status 1\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void It_deletes_what_was_installed_and_nothing_else()
    {
        using var pkg = Installed();

        pkg.Ask("delete", "-f", "minid", "mini-lib");

        Assert.Equal("", pkg.Ask("info", "-a"));
        Assert.False(File.Exists(Path.Combine(pkg.Root, "usr/local/sbin/minid")));
        Assert.False(Directory.Exists(Path.Combine(pkg.Root, "var/db/mini")));
        Assert.True(File.Exists(Path.Combine(pkg.Root, "etc/master.passwd")));
    }

    private RealPkg Installed()
    {
        var pkg = RealPkg.OrSkip();
        var installed = system.Install(SamplePackages.Both);
        PackageDatabase.AddTo(system.Tree, installed, system.Loaded, PackageSystem.Time);
        pkg.Write(system.Tree);
        return pkg;
    }

    /// <summary>Questions and answers of Samples/answers.txt.</summary>
    private static IEnumerable<(string Question, string Answer)> Answers()
    {
        const string Prompt = "$ pkg ";
        var text = File.ReadAllText(Path.Combine(SamplePackages.Folder, "answers.txt"));
        foreach (var part in ("\n" + text).Split("\n" + Prompt).Skip(1))
        {
            var end = part.IndexOf('\n', StringComparison.Ordinal);
            yield return end < 0 ? (part, "") : (part[..end], part[end..].Trim('\n'));
        }
    }
}
