namespace Appliance.Rendering.Tests;

/// <summary>
/// Every file of every example site, byte for byte. APPLIANCE_UPDATE_GOLDEN=1 rewrites them; the change is
/// then seen in review.
/// </summary>
public class GoldenTests
{
    private const string ModesFile = "FILES";

    public static TheoryData<string> Sites => Fixture.All;

    [Theory]
    [MemberData(nameof(Sites))]
    public void Every_file_is_as_recorded(string site)
    {
        var folder = RepositoryRoot.Combine("tests", "Appliance.Rendering.Tests", "Golden", site);
        var rendered = WithModes(Fixture.Render(site));
        if (Environment.GetEnvironmentVariable("APPLIANCE_UPDATE_GOLDEN") == "1")
        {
            Rewrite(folder, rendered);
        }

        var differences = GoldenComparison.Compare(Recorded(folder), rendered);
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    [Fact]
    public void A_changed_line_a_missing_file_and_a_new_one_are_reported()
    {
        var recorded = new Dictionary<string, string>
        {
            ["etc/a"] = "one\ntwo\nthree\n",
            ["etc/gone"] = "x\n",
        };
        var rendered = new Dictionary<string, string>
        {
            ["etc/a"] = "one\n2\nthree\n",
            ["etc/new"] = "y\n",
        };
        Assert.Equal(
            [
                "etc/a:2: got '2', want 'two'",
                "etc/gone: is no longer rendered",
                "etc/new: is rendered but not recorded",
            ],
            GoldenComparison.Compare(recorded, rendered)
        );
    }

    private static Dictionary<string, string> WithModes(IReadOnlyList<RenderedFile> files)
    {
        var result = files.ToDictionary(file => file.Path.TrimStart('/'), file => file.Content);
        result[ModesFile] = string.Concat(files.Select(Description));
        return result;
    }

    private static string Description(RenderedFile file)
    {
        var folder = file.FolderMode is { } mode ? $" folder={Convert.ToString(mode, 8)}" : "";
        var image = file.InImage ? " in-image" : "";
        return $"{file.Path} {Convert.ToString(file.Mode, 8)} {file.Owner}:{file.Group}{folder}{image}\n";
    }

    private static Dictionary<string, string> Recorded(string folder) =>
        Directory.Exists(folder)
            ? Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .ToDictionary(
                    file => Path.GetRelativePath(folder, file).Replace('\\', '/'),
                    File.ReadAllText
                )
            : [];

    private static void Rewrite(string folder, Dictionary<string, string> files)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (var (path, content) in files)
        {
            var target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, content);
        }
    }
}
