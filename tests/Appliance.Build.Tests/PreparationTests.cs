using System.Text.RegularExpressions;
using Appliance.Build.Composition;
using Appliance.Model.Reports;

namespace Appliance.Build.Tests;

/// <summary>What is found out before a set is touched, and what the plan says.</summary>
public class PreparationTests(BuildFixture fixture) : IClassFixture<BuildFixture>
{
    [Fact]
    public void A_missing_first_boot_service_is_named()
    {
        var request = ExampleSite.Request("router01", "/nowhere/appliance-firstboot");
        var error = Assert.Throws<BuildException>(() => SiteBuild.Prepare(request));
        Assert.Equal(BuildFailure.Missing, error.Failure);
        Assert.Contains("--firstboot", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_overlay_file_without_an_owner_is_refused()
    {
        var copy = Directory.CreateTempSubdirectory("appliance-overlay-");
        try
        {
            Directory.CreateDirectory(Path.Combine(copy.FullName, "rootfs", "etc"));
            File.WriteAllText(Path.Combine(copy.FullName, "rootfs", "etc", "stray"), "");
            File.WriteAllText(Path.Combine(copy.FullName, "rootfs.spec"), "# nothing\n");
            var request = ExampleSite.Request("router01", fixture.FirstBoot) with
            {
                OverlayFolder = copy.FullName,
            };
            var error = Assert.Throws<BuildException>(() => SiteBuild.Prepare(request));
            Assert.Contains("/etc/stray", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_plan_names_every_input_with_its_digest()
    {
        var plan = SiteBuild
            .Prepare(ExampleSite.Request("router01", fixture.FirstBoot))
            .Plan(new BuildInputs(await fixture.SetsAsync()));
        Assert.Equal(
            ["base", "kernel", "overlay", "site"],
            plan.Inputs.Select(input => input.Name)
        );
        Assert.All(plan.Inputs, input => Assert.Matches("^[0-9a-f]{64}$", input.Sha256));
        Assert.Null(plan.Composition);
    }

    [Fact]
    public void The_specification_lists_every_name_of_the_plan()
    {
        var lines = MtreeSpecification.Write(fixture.Assembled.Image.Tree).Split('\n');
        Assert.Equal("#mtree v2.0", lines[0]);
        Assert.Equal(
            fixture.Assembled.Plan().Composition!.Files.Count,
            lines.Count(line => line.StartsWith('.'))
        );
        var su = Assert.Single(
            lines,
            line => line.StartsWith("./usr/bin/su ", StringComparison.Ordinal)
        );
        Assert.Matches(
            new Regex(
                "type=file uid=0 gid=0 mode=04555 flags=none nlink=1 size=70001 sha256=[0-9a-f]{64}$"
            ),
            su
        );
    }
}
