using System.Xml.Linq;

namespace Appliance.Repository.Tests;

/// <summary>The direction of dependencies, and "one third-party package, one home".</summary>
public class DependencyTests
{
    private static readonly Dictionary<string, string[]> AllowedReferences = new()
    {
        ["Appliance.Files"] = [],
        ["Appliance.Model"] = [],
        ["Appliance.Rendering"] = [],
        ["Appliance.Sources"] = ["Appliance.Files"],
        ["Appliance.Imaging"] = ["Appliance.Files"],
        ["Appliance.Build"] =
        [
            "Appliance.Files",
            "Appliance.Model",
            "Appliance.Rendering",
            "Appliance.Sources",
            "Appliance.Imaging",
        ],
        ["Appliance.Verify"] =
        [
            "Appliance.Files",
            "Appliance.Model",
            "Appliance.Rendering",
            "Appliance.Sources",
            "Appliance.Imaging",
        ],
        // A lab starts programs through the process gateway, and boots images as verify does.
        ["Appliance.Lab"] = ["Appliance.Files", "Appliance.Verify", "Appliance.Rendering"],
        ["Appliance.Cli"] =
        [
            "Appliance.Files",
            "Appliance.Lab",
            "Appliance.Build",
            "Appliance.Verify",
            "Appliance.Model",
            "Appliance.Rendering",
            "Appliance.Sources",
            "Appliance.Imaging",
        ],
        ["Appliance.FirstBoot"] = ["Appliance.Rendering"],
    };

    private static readonly Dictionary<string, string> PackageHomes = new()
    {
        ["YamlDotNet"] = "Appliance.Model",
        ["Scriban.Signed"] = "Appliance.Rendering",
        ["SharpCompress"] = "Appliance.Sources",
        ["BouncyCastle.Cryptography"] = "Appliance.Sources",
        ["Microsoft.Data.Sqlite"] = "Appliance.Build",
        ["CliWrap"] = "Appliance.Verify",
        ["System.CommandLine"] = "Appliance.Cli",
        ["Spectre.Console"] = "Appliance.Cli",
    };

    [Fact]
    public void Projects_reference_only_what_lies_below_them()
    {
        Assert.Empty(Projects().SelectMany(ForbiddenReferences));
    }

    [Fact]
    public void Every_third_party_package_has_one_home()
    {
        Assert.Empty(Projects().SelectMany(HomelessPackages));
    }

    [Fact]
    public void A_wrong_reference_and_a_second_home_are_noticed()
    {
        var wrong = new Project(
            "Appliance.Imaging",
            XDocument.Parse(
                """
                <Project><ItemGroup>
                  <ProjectReference Include="../Appliance.Build/Appliance.Build.csproj" />
                  <PackageReference Include="CliWrap" />
                </ItemGroup></Project>
                """
            )
        );
        Assert.Single(ForbiddenReferences(wrong));
        Assert.Single(HomelessPackages(wrong));
    }

    private static IEnumerable<string> ForbiddenReferences(Project project) =>
        project
            .Includes("ProjectReference")
            .Select(include => Path.GetFileNameWithoutExtension(include.Replace('\\', '/')))
            .Where(reference =>
                !AllowedReferences.TryGetValue(project.Name, out var allowed)
                || !allowed.Contains(reference)
            )
            .Select(reference => $"{project.Name} must not reference {reference}");

    private static IEnumerable<string> HomelessPackages(Project project) =>
        project
            .Includes("PackageReference")
            .Where(package => PackageHomes.GetValueOrDefault(package) != project.Name)
            .Select(package => $"{package} is not at home in {project.Name}");

    private static List<Project> Projects()
    {
        var projects = new[] { "builder", "overlay" }
            .SelectMany(folder =>
                Directory.EnumerateFiles(
                    Path.Combine(RepositoryRoot.Path, folder),
                    "*.csproj",
                    SearchOption.AllDirectories
                )
            )
            .Select(file => new Project(
                Path.GetFileNameWithoutExtension(file),
                XDocument.Load(file)
            ))
            .ToList();
        Assert.Contains(projects, project => project.Name == "Appliance.Cli");
        return projects;
    }

    private sealed record Project(string Name, XDocument Document)
    {
        public IEnumerable<string> Includes(string element) =>
            Document.Descendants(element).Select(item => item.Attribute("Include")!.Value);
    }
}
