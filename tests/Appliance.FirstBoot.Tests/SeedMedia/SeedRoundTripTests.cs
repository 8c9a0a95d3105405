using System.Formats.Tar;
using System.IO.Compression;
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

    private const string Archive = "/var/cache/nuageinit/files.b64";

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
        var files = node.ItemsOf("write_files").ToDictionary(file => file.TextOf("path")!);
        Assert.Equal(["/etc/ssh/sshd_config", Archive, "/firstboot-reboot"], files.Keys);
        Assert.Equal("0600", files[Archive].TextOf("permissions"));
        Assert.All(files.Values, file => Assert.Equal("root:wheel", file.TextOf("owner")));
        Assert.Contains(
            "\nPasswordAuthentication no\n",
            files["/etc/ssh/sshd_config"].TextOf("content"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_archive_of_a_stock_image_has_every_rendered_file_with_its_owner_and_mode()
    {
        var request = new SeedRequest { Document = TestSites.Edge };
        var node = YamlReader.Read(StockCloudConfig.Create(request, []));
        var packed = Unpacked(node);
        var names = new InterfaceNames(new Dictionary<string, string> { ["wan"] = "vtnet0" });
        foreach (var file in SiteRenderer.Render(TestSites.Edge, names))
        {
            if (file.Path is "/etc/fstab" or "/etc/ssh/sshd_config")
            {
                Assert.DoesNotContain(file.Path[1..], packed.Keys);
                continue;
            }

            var path = file.Path == "/boot/loader.conf" ? "/boot/loader.conf.local" : file.Path;
            var (content, mode, owner, group) = packed[path[1..]];
            Assert.Equal(Settings(file.Content), content.Split('\n'));
            Assert.Equal(((UnixFileMode)file.Mode, file.Owner, file.Group), (mode, owner, group));
        }
    }

    /// <summary>Without comments, which nobody sends to a provider.</summary>
    private static IEnumerable<string> Settings(string content) =>
        content
            .Split('\n')
            .Where(line =>
                line.Trim() is not ['!', ..]
                && (line.Trim() is not ['#', ..] || line.StartsWith("#!", StringComparison.Ordinal))
            );

    [Fact]
    public void A_stock_image_locks_every_password_and_keeps_the_keys_of_root_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a Unix with /bin/sh and tar");
        var request = new SeedRequest { Document = TestSites.Edge, ConsolePassword = Hash };
        var node = YamlReader.Read(StockCloudConfig.Create(request, []));
        foreach (var file in node.ItemsOf("write_files"))
        {
            Put(file.TextOf("path")!, file.TextOf("content")!);
        }

        Put("/etc/rc.conf.d/network", "ifconfig_vtnet0=DHCP\n");
        Put("/var/cache/nuageinit/user_data", "secret\n");
        Put("/root/.ssh/authorized_keys", "ssh-ed25519 of-somebody-else\n");
        Put(
            "/etc/master.passwd",
            "# $FreeBSD$\nroot::0:0::0:0:Charlie:/root:/bin/sh\ntoor:*:0:0::0:0::/root:\n"
                + "daemon:*:1:1::0:0::/root:/usr/sbin/nologin\nnobody:*LOCKED*:9:9::0:0::/nonexistent:/nologin\n"
                + $"freebsd:{Hash}:1001:1001::0:0:FreeBSD User:{folder.FullName}/home/freebsd:/bin/sh\n"
                + $"ec2-user::1002:1002::0:0::{folder.FullName}/home/ec2-user:/bin/sh\n"
        );
        Put("/home/freebsd/.ssh/authorized_keys", "ssh-rsa provider\n");
        Put("/home/ec2-user/.ssh/authorized_keys2", "ssh-rsa provider\n");
        var result = RunCommands(node);
        Assert.True(result.Succeeded, result.Complaint);
        Assert.Equal(
            [
                "usermod root -h -",
                "usermod freebsd -h -",
                "usermod ec2-user -h -",
                $"usermod root -H 0 {Hash}",
            ],
            File.ReadAllLines(folder.FullName + "/pw.log")
        );
        Assert.False(File.Exists(folder.FullName + "/home/freebsd/.ssh/authorized_keys"));
        Assert.False(File.Exists(folder.FullName + "/home/ec2-user/.ssh/authorized_keys2"));
        Assert.Equal(
            TestSites.Edge.Admin.SshKeys,
            File.ReadAllLines(folder.FullName + "/root/.ssh/authorized_keys")
        );
        var frr = folder.FullName + "/usr/local/etc/frr/frr.conf";
        Assert.Equal(0, (int)File.GetUnixFileMode(frr) & 0b000_000_111);
        Assert.Empty(Directory.GetFiles(folder.FullName + "/var/cache/nuageinit"));
        Assert.Empty(Directory.GetFiles(folder.FullName + "/etc/rc.conf.d"));
    }

    [Fact]
    public void User_data_of_a_stock_image_fits_the_smallest_field_of_a_provider()
    {
        foreach (var document in new[] { TestSites.Edge, TestSites.Downstream })
        {
            var text = StockCloudConfig.Create(new SeedRequest { Document = document }, ["frr10"]);
            Assert.InRange(text.Length, 1, UserDataLimit.All.Min(limit => limit.Bytes));
        }
    }

    /// <summary>As /bin/sh of the machine runs them, below a folder.</summary>
    private ProgramResult RunCommands(YamlNode node)
    {
        var commands = node.ItemsOf("runcmd")
            .Select(command =>
                command.Text!.Replace(" /", $" {folder.FullName}/", StringComparison.Ordinal)
            );
        var programs = $$"""
            pw() {
                case "$*" in
                *"-H 0") echo "$* $(cat)" ;;
                *) echo "$*" ;;
                esac >> {{folder.FullName}}/pw.log
            }
            b64decode() { base64 -d "$2"; }

            """;
        return new HostMachine().Run(
            "/bin/sh",
            ["-ec", programs + string.Join('\n', commands)],
            TimeSpan.FromSeconds(30)
        );
    }

    private static Dictionary<string, (string, UnixFileMode, string, string)> Unpacked(
        YamlNode node
    )
    {
        var text = node.ItemsOf("write_files")
            .Single(file => file.TextOf("path") == Archive)
            .TextOf("content")!;
        using var gzip = new GZipStream(
            new MemoryStream(Convert.FromBase64String(text)),
            CompressionMode.Decompress
        );
        using var tar = new TarReader(gzip);
        var files = new Dictionary<string, (string, UnixFileMode, string, string)>();
        while (tar.GetNextEntry() is PosixTarEntry entry)
        {
            if (entry.EntryType == TarEntryType.RegularFile)
            {
                using var reader = new StreamReader(entry.DataStream!);
                files.Add(
                    entry.Name,
                    (reader.ReadToEnd(), entry.Mode, entry.UserName, entry.GroupName)
                );
            }
        }

        return files;
    }

    private void Put(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.FullName + path)!);
        File.WriteAllText(folder.FullName + path, content);
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
