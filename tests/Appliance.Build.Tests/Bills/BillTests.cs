using System.Text.Json.Nodes;
using Appliance.Build.Bills;
using Appliance.Sources.Packages.Archives;
using Appliance.Sources.Packages.Manifests;
using Appliance.Sources.Packages.Resolution;
using Appliance.Sources.Sets;

namespace Appliance.Build.Tests.Bills;

public class BillTests
{
    private static readonly string Digest = new('a', 64);

    [Fact]
    public void A_bill_names_sets_packages_and_the_service_with_licence_origin_and_digest()
    {
        var bill = Bill();
        Assert.Equal(
            ["FreeBSD", "FreeBSD-kernel", "frr10", "libfoo", "appliance-firstboot"],
            bill.Components.Select(component => component.Name)
        );
        Assert.Equal("cpe:2.3:o:freebsd:freebsd:15.0:-:*:*:*:*:*:*", bill.Components[0].Cpe);
        Assert.Equal("net/frr10", bill.Components[2].Origin);
        Assert.All(bill.Components, component => Assert.Equal(64, component.Sha256!.Length));
    }

    [Theory]
    [InlineData("15.0-RELEASE", "15.0:-")]
    [InlineData("15.0-RELEASE-p4", "15.0:p4")]
    [InlineData("15.1-RC2", "15.1:rc2")]
    public void The_cpe_has_the_patch_level_of_the_release(string release, string part) =>
        Assert.Contains($":freebsd:{part}:", Bill(release).Components[0].Cpe!);

    [Fact]
    public void Licences_are_spdx_where_spdx_knows_them()
    {
        var components = Document()["components"]!.AsArray();
        Assert.Equal(
            """[{"license":{"id":"BSD-2-Clause"}}]""",
            components[0]!["licenses"]!.ToJsonString()
        );
        Assert.Equal(
            "GPL-2.0-or-later AND LGPL-2.1-or-later",
            components[2]!["licenses"]![0]!["expression"]!.GetValue<string>()
        );
        Assert.Equal(
            """[{"license":{"name":"HOMEMADE"}},{"license":{"id":"MIT"}}]""",
            components[3]!["licenses"]!.ToJsonString()
        );
    }

    [Fact]
    public void Every_reference_of_a_dependency_is_a_component()
    {
        var document = Document();
        var known = document["components"]!
            .AsArray()
            .Select(component => component!["bom-ref"]!.GetValue<string>())
            .Append(document["metadata"]!["component"]!["bom-ref"]!.GetValue<string>())
            .ToHashSet();
        var dependencies = document["dependencies"]!.AsArray();
        Assert.Equal(known.Count, dependencies.Count);
        foreach (var dependency in dependencies)
        {
            Assert.Contains(dependency!["ref"]!.GetValue<string>(), known);
            Assert.All(
                dependency["dependsOn"]!.AsArray(),
                needed => Assert.Contains(needed!.GetValue<string>(), known)
            );
        }

        Assert.Contains("libfoo", dependencies[3]!["dependsOn"]!.ToJsonString());
    }

    [Fact]
    public void The_same_image_has_the_same_bill_and_another_one_another_serial_number()
    {
        Assert.Equal(CycloneDx.Write(Bill(), "1"), CycloneDx.Write(Bill(), "1"));
        Assert.NotEqual(
            Document()["serialNumber"]!.GetValue<string>(),
            JsonNode.Parse(CycloneDx.Write(Bill("15.1-RELEASE"), "1"))![
                "serialNumber"
            ]!.GetValue<string>()
        );
    }

    [Fact]
    public async Task The_standards_own_schema_finds_nothing_wrong_and_notices_what_is()
    {
        using var validator = await CycloneDxValidator.InstallAsync();
        Assert.Equal("valid", await validator.JudgeAsync(CycloneDx.Write(Bill(), "1.0")));
        var wrong = Document();
        wrong["components"]![0]!["hashes"]![0]!["alg"] = "CRC-32";
        Assert.Contains("alg", await validator.JudgeAsync(wrong.ToJsonString()));
    }

    private static JsonNode Document() => JsonNode.Parse(CycloneDx.Write(Bill(), "1.0"))!;

    private static BillOfMaterials Bill(string release = "15.0-RELEASE") =>
        BillWriter.Write(
            ExampleSite.Request("router01", "/nowhere").Document,
            new ResolvedSets(
                release,
                "amd64",
                "/sets",
                [
                    new("base", "base.txz", Digest, 1, "/sets/base.txz", null, SetState.Cached),
                    new("kernel", "kernel.txz", Digest, 1, "/sets/k.txz", null, SetState.Cached),
                ],
                true
            ),
            [
                Package("libfoo", ["HOMEMADE", "MIT"], LicenseLogic.Or, []),
                Package("frr10", ["GPLv2+", "LGPL21+"], LicenseLogic.And, ["libfoo"]),
            ],
            ("0.1.0", Digest)
        );

    private static PackageLayer Package(
        string name,
        IReadOnlyList<string> licenses,
        LicenseLogic logic,
        IReadOnlyList<string> needs
    ) =>
        new(
            new ResolvedPackage
            {
                Name = name,
                Version = "1.0_1,2",
                Origin = $"net/{name}",
                Abi = "FreeBSD:15:amd64",
                Repository = "FreeBSD",
                RepositoryPath = $"All/{name}-1.0_1,2.pkg",
                Size = 1000,
                Sha256 = Digest,
                IsAutomatic = false,
                Path = "/cache",
                State = PackageState.Cached,
            },
            new PackageManifest
            {
                Name = name,
                Version = "1.0_1,2",
                Origin = $"net/{name}",
                Abi = "FreeBSD:15:amd64",
                Licenses = licenses,
                LicenseLogic = logic,
                Www = "https://example.net/",
                Dependencies = [.. needs.Select(need => new PackageDependency(need, "x/y", "1"))],
            },
            null!
        );
}
