using Appliance.Build.Seeds;
using Appliance.FirstBoot.Personalisation;
using Appliance.FirstBoot.State;
using Appliance.FirstBoot.Tests.Fakes;
using Appliance.FirstBoot.Verdicts;
using Appliance.FirstBoot.Yaml;
using Appliance.Imaging.Disk;
using Appliance.Rendering;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Verdicts;

namespace Appliance.FirstBoot.Tests.SeedMedia;

/// <summary>What <c>appliance seed</c> writes makes the machine that was meant.</summary>
public sealed class SeedRoundTripTests : IDisposable
{
    private const string Hash = "$6$salt$abcdefghijklmnopqrstuvwxyz0123456789";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-seed-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("fat")]
    [InlineData("iso")]
    public void A_seed_medium_makes_the_site(string format)
    {
        var request = new SeedRequest
        {
            Document = TestSites.Edge,
            Secrets = new Dictionary<string, string> { ["ifog-md5"] = "a\"b'c: #d" },
            ConsolePassword = Hash,
            InstanceId = "i-5",
        };
        var files = SeedFiles.Create(request);
        var machine = FreeBsd.On(new FreeBsd(TestSites.Edge).Machine);
        machine.Files.Remove(SiteDocument.TargetPath);
        machine.Disks["/dev/da0"] = Medium(
            format == "fat" ? SeedMedium.Fat(files, time: 0) : SeedMedium.Iso(files, time: 0)
        );
        new Personaliser(machine, Nobody.Reachable, TestSites.Render).Run();
        var verdict = new Verifier(machine, TestSites.Render, TimeSpan.Zero).Run();
        Assert.Null(verdict.Error);
        Assert.Equal((true, "i-5"), (verdict.Ok, verdict.InstanceId));
        Assert.Equal(
            SourceState.Used,
            verdict.Sources.Single(source => source.Name == "cidata").State
        );
        Assert.Equal(
            SiteDocumentJson.Write(TestSites.Edge),
            machine.Files[StateStore.DocumentPath].Content
        );
        Assert.Equal("! password a\"b'c: #d\n", machine.Text("/usr/local/etc/frr/frr.conf"));
        Assert.StartsWith(
            $"root:{Hash}:",
            machine.Text("/etc/master.passwd"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_text_for_a_stock_image_is_what_nuageinit_reads()
    {
        var request = new SeedRequest { Document = TestSites.Edge };
        var node = YamlReader.Read(StockCloudConfig.Create(request, ["frr10"]));
        Assert.Equal("frr10", node.ItemsOf("packages")[0].Text);
        Assert.Equal("root", node.ItemsOf("users")[0].TextOf("name"));
        Assert.Equal(
            TestSites.Edge.Admin.SshKeys,
            node.ItemsOf("users")[0].ItemsOf("ssh_authorized_keys").Select(key => key.Text)
        );
        var names = new InterfaceNames(new Dictionary<string, string> { ["wan"] = "vtnet0" });
        var files = node.ItemsOf("write_files").ToDictionary(file => file.TextOf("path")!);
        foreach (var file in SiteRenderer.Render(TestSites.Edge, names))
        {
            if (file.Path is "/etc/fstab" or "/root/.ssh/authorized_keys")
            {
                Assert.False(files.ContainsKey(file.Path));
                continue;
            }

            var written = files[
                file.Path == "/boot/loader.conf" ? "/boot/loader.conf.local" : file.Path
            ];
            Assert.Equal(file.Content, written.TextOf("content"));
            Assert.Equal($"{file.Owner}:{file.Group}", written.TextOf("owner"));
            Assert.Equal(
                file.Path.StartsWith("/usr/local/", StringComparison.Ordinal),
                written.TextOf("defer") == "true"
            );
        }

        Assert.Contains("/firstboot-reboot", files.Keys);
    }

    [Fact]
    public void A_stock_image_cannot_look_for_a_device()
    {
        var document = TestSites.Edge with
        {
            Interfaces =
            [
                TestSites.Edge.Interfaces[0] with
                {
                    Match = new InterfaceMatch { Mac = "52:54:00:12:34:56" },
                },
            ],
        };
        var error = Assert.Throws<RenderingException>(() =>
            StockCloudConfig.Create(new SeedRequest { Document = document }, [])
        );
        Assert.Contains("match it by driver and index", error.Message, StringComparison.Ordinal);
    }

    private byte[] Medium(PartitionContent content)
    {
        var path = Path.Combine(folder.FullName, "seed");
        ImageFile.WriteContent(content, path);
        return File.ReadAllBytes(path);
    }
}
