using Appliance.Build.Seeds;
using Appliance.FirstBoot.Machine;
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

    private const string Waiting = "/var/cache/nuageinit/";

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

            var isOfPackage = file.Path.StartsWith("/usr/local/", StringComparison.Ordinal);
            var written = files[
                file.Path == "/boot/loader.conf" ? "/boot/loader.conf.local"
                : isOfPackage ? Waiting + file.Path[1..].Replace('/', '-')
                : file.Path
            ];
            Assert.Equal(file.Content, written.TextOf("content"));
            Assert.Equal(
                isOfPackage ? "root:wheel" : $"{file.Owner}:{file.Group}",
                written.TextOf("owner")
            );
            Assert.True(!isOfPackage || written.TextOf("permissions") == "0600");
        }

        Assert.Contains("/firstboot-reboot", files.Keys);
    }

    [Fact]
    public void A_stock_image_puts_the_files_of_packages_into_folders_that_may_not_be_there()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a Unix with /bin/sh and install");
        var request = new SeedRequest { Document = TestSites.Edge };
        var node = YamlReader.Read(StockCloudConfig.Create(request, []));
        foreach (var file in node.ItemsOf("write_files").Select(file => file.TextOf("path")!))
        {
            if (file.StartsWith(Waiting, StringComparison.Ordinal))
            {
                Directory.CreateDirectory(folder.FullName + Waiting);
                File.WriteAllText(folder.FullName + file, file);
            }
        }

        var commands = node.ItemsOf("runcmd")
            .Select(command => command.Text!)
            .Where(command => !command.StartsWith("pw ", StringComparison.Ordinal))
            .Select(command =>
                command.Replace(" /", $" {folder.FullName}/", StringComparison.Ordinal)
            );
        var result = new HostMachine().Run(
            "/bin/sh",
            ["-ec", string.Join('\n', commands)],
            TimeSpan.FromSeconds(30)
        );
        Assert.True(result.Succeeded, result.Complaint);
        var frr = folder.FullName + "/usr/local/etc/frr/frr.conf";
        Assert.Equal(Waiting + "usr-local-etc-frr-frr.conf", File.ReadAllText(frr));
        Assert.Equal(0, (int)File.GetUnixFileMode(frr) & 0b000_000_111);
        Assert.Empty(Directory.GetFiles(folder.FullName + Waiting));
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
