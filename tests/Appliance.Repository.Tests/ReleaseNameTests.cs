using System.Text.RegularExpressions;

namespace Appliance.Repository.Tests;

/// <summary>Releases come twice a year: only data names one, so that the next one is a line of data.</summary>
public partial class ReleaseNameTests
{
    private static readonly string[] Kinds = [".cs", ".yaml", ".sbn", ".csproj", ".spec", ".sh"];

    [Fact]
    public void No_production_file_but_the_release_data_names_a_release()
    {
        var files = new[] { "builder", "overlay", "profiles" }
            .SelectMany(folder =>
                Directory.EnumerateFiles(
                    RepositoryRoot.Combine(folder),
                    "*",
                    SearchOption.AllDirectories
                )
            )
            .Where(file => Kinds.Contains(Path.GetExtension(file)))
            .Where(file => !Path.GetRelativePath(RepositoryRoot.Path, file).Split('/').Any(IsBuilt))
            .ToList();

        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, file => NamesRelease(File.ReadAllText(file)));
    }

    [Theory]
    [InlineData("release: 15.0-RELEASE", true)]
    [InlineData("newvers.sh of FreeBSD 15.1", true)]
    [InlineData("\"FreeBSD-base\", \"base_release_1\"", false)]
    [InlineData("192.0.2.15.1 and 115.0", false)]
    public void A_release_is_found_where_one_is_named(string text, bool expected) =>
        Assert.Equal(expected, NamesRelease(text));

    private static bool IsBuilt(string folder) => folder is "obj" or "bin";

    private static bool NamesRelease(string text) => ReleaseName().IsMatch(text);

    [GeneratedRegex(@"(?<![0-9.])15\.[0-9](?![0-9.])")]
    private static partial Regex ReleaseName();
}
