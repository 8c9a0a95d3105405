using Appliance.Sources.Packages.Manifests;
using Appliance.Sources.Packages.Resolution;

namespace Appliance.Sources.Tests.Packages.Resolution;

public class PackageOrderTests
{
    [Fact]
    public void Each_package_comes_after_what_it_needs_and_the_rest_by_name()
    {
        var sorted = PackageOrder.Sort(
            [Package("a", "z"), Package("z"), Package("m"), Package("b", "a", "m")],
            manifest => manifest
        );
        Assert.Equal(["m", "z", "a", "b"], sorted.Select(manifest => manifest.Name));
    }

    [Fact]
    public void A_loop_and_a_dependency_that_is_not_there_are_refused_by_name()
    {
        Assert.Contains(
            "a dependency loop: a -> b -> a",
            Refused(Package("a", "b"), Package("b", "a"))
        );
        Assert.Contains("a needs gone, say the packages themselves", Refused(Package("a", "gone")));
    }

    private static string Refused(params PackageManifest[] packages)
    {
        var refusal = Assert.Throws<SourceException>(() =>
            PackageOrder.Sort(packages, manifest => manifest)
        );
        Assert.Equal(SourceFailure.Unresolvable, refusal.Failure);
        return refusal.Message;
    }

    private static PackageManifest Package(string name, params string[] dependencies) =>
        new()
        {
            Name = name,
            Version = "1",
            Origin = "misc/" + name,
            Abi = "FreeBSD:15:*",
            Dependencies =
            [
                .. dependencies.Select(other => new PackageDependency(
                    other,
                    "misc/" + other,
                    null
                )),
            ],
        };
}
