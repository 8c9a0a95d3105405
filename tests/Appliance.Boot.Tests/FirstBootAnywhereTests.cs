using System.Text;
using Appliance.Build.Seeds;
using Appliance.Imaging.Disk;
using Appliance.Imaging.Tree;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Verdicts;

namespace Appliance.Boot.Tests;

/// <summary>
/// One image for any site of a profile becomes different machines by what is attached to them, on a running
/// FreeBSD: a seed, a config drive, a plain disk, a serial number and a provider's service in one boot; a second
/// machine; and a disk that finds itself in another machine.
/// </summary>
public sealed class FirstBootAnywhereTests : IDisposable
{
    private const string Secret = "hunter2hunter2";
    private const string Key =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP7RoGvVyEPkwEjVNVVUsXIiAGxK+00gvVMPYfhSsmlV ops@example.net";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-seeds-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task One_image_of_a_profile_becomes_what_its_metadata_says()
    {
        var router01 = TestImage.Document("router01");
        using var image = await TestImage.BuildProfileAsync("edge", [router01, Second(router01)]);
        Assert.Equal(
            -1,
            File.ReadAllBytes(image.Path).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret))
        );
        var first = await EverySourceAsync(Copy(image, "first"));
        var second = await AnotherMachineAsync(Copy(image, "second"));
        Assert.NotEqual(first.HostKey, second.HostKey);
        Assert.NotEqual(first.HostUuid, second.HostUuid);

        var clone = await CloneAsync(At("first"), router01);
        Assert.Equal(("another", "machine-1"), (clone.InstanceId, clone.PreviousInstanceId));
        Assert.NotEqual(first.HostKey, clone.HostKey);
        Assert.NotEqual(first.HostUuid, clone.HostUuid);
    }

    /// <summary>Another router of the same network and profile, at another address.</summary>
    private static SiteDocument Second(SiteDocument document) =>
        document with
        {
            Site = "router02",
            Hostname = "router02.example.net",
            Interfaces = [document.Interfaces[0] with { Ipv4 = "198.51.100.77/24" }],
            Tunnels =
            [
                .. document.Tunnels.Select(tunnel => tunnel with { OuterLocal = "198.51.100.77" }),
            ],
        };

    /// <summary>The site's name comes from a seed, the instance's from a config drive, the secret from a plain disk.</summary>
    private async Task<Verdict> EverySourceAsync(string disk)
    {
        using var server = SeededGuest.Serve(path =>
            path switch
            {
                "/seed/meta-data" => "local-hostname: router01.example.net\n",
                "/hetzner/v1/metadata" =>
                    $"instance-id: 4711\nhostname: x\npublic-keys:\n- {Key}\n",
                _ => null,
            }
        );
        var (verdict, console) = await SeededGuest.BootAsync(
            disk,
            [
                Fat([
                    ("meta-data", "{}\n"),
                    ("user-data", "#cloud-config\nappliance: {site: router01}\n"),
                ]),
                ConfigDrive("{\"uuid\": \"machine-1\", \"hostname\": \"router01.example.net\"}"),
                Plain($"#cloud-config\nappliance: {{secrets: {{ifog-md5: {Secret}}}}}\n"),
            ],
            "manufacturer=Hetzner,serial=ds=nocloud;s=http://169.254.169.254/seed/"
        );
        Assert.True(verdict.Ok, Text(verdict));
        Assert.Equal(
            ["image", "cidata", "config-2", "disk", "smbios", "http"],
            verdict
                .Sources.Where(source => source.State == SourceState.Used)
                .Select(source => source.Name)
        );
        Assert.Equal("machine-1", verdict.InstanceId);
        Assert.Contains("1 secrets", verdict.Sources.Single(source => source.Name == "disk").Gave);
        Assert.Contains("1 ssh keys", verdict.Sources.Single(source => source.Name == "http").Gave);
        Assert.DoesNotContain(Secret, console, StringComparison.Ordinal);
        WriteTime(verdict);
        return verdict;
    }

    /// <summary>Nobody's machine as long as nobody says whose, then another one of the image's sites.</summary>
    private async Task<Verdict> AnotherMachineAsync(string disk)
    {
        var (nobody, _) = await SeededGuest.BootAsync(disk, []);
        Assert.Equal((false, true), (nobody.Ok, nobody.Minimal));
        Assert.True(nobody.Failed == 0, Text(nobody));
        Assert.Contains("no metadata carries or selects", nobody.Error, StringComparison.Ordinal);

        var (verdict, console) = await SeededGuest.BootAsync(
            disk,
            [
                Fat([
                    ("meta-data", "instance-id: machine-2\n"),
                    ("user-data", "#cloud-config\nappliance: {site: router02}\n"),
                ]),
            ]
        );
        Assert.True(verdict.Ok, Text(verdict));
        Assert.Equal(("router02", "machine-2"), (verdict.Site, verdict.InstanceId));
        Assert.Equal((Personalisation.Done, 2), (verdict.Personalisation, verdict.Boot));
        Assert.Contains("(router02.example.net)", console, StringComparison.Ordinal);
        return verdict;
    }

    /// <summary>The first machine's disk in another machine, whose metadata carries a whole document.</summary>
    private async Task<Verdict> CloneAsync(string disk, SiteDocument document)
    {
        var files = SeedFiles.Create(
            new SeedRequest
            {
                Document = document with { Hostname = "clone.example.net" },
                InstanceId = "another",
            }
        );
        var (verdict, console) = await SeededGuest.BootAsync(disk, [Fat(files)]);
        Assert.True(verdict.Ok, Text(verdict));
        Assert.Equal((Personalisation.Done, 2), (verdict.Personalisation, verdict.Boot));
        Assert.Contains("(clone.example.net)", console, StringComparison.Ordinal);
        return verdict;
    }

    private string Fat(IReadOnlyList<(string Name, string Text)> files) =>
        Write(SeedMedium.Fat(files, time: 0));

    private string ConfigDrive(string metaData)
    {
        var tree = new FileTree(0);
        tree.AddFile(
            "openstack/latest/meta_data.json",
            FileContent.FromBytes(Encoding.UTF8.GetBytes(metaData)),
            NodeMetadata.DefaultFile(0),
            "test"
        );
        return Write(
            Imaging.Iso.IsoFileSystem.Plan(
                tree,
                new Imaging.Iso.IsoOptions { Label = "config-2", Time = 0 }
            )
        );
    }

    private string Plain(string text)
    {
        var path = At(Guid.NewGuid().ToString("N"));
        var content = new byte[1 << 20];
        Encoding.UTF8.GetBytes(text, content);
        File.WriteAllBytes(path, content);
        return path;
    }

    private string Write(PartitionContent content)
    {
        var path = At(Guid.NewGuid().ToString("N"));
        ImageFile.WriteContent(content, path);
        return path;
    }

    private string Copy(TestImage image, string name)
    {
        File.Copy(image.Path, At(name));
        return At(name);
    }

    private string At(string name) => Path.Combine(folder.FullName, name);

    private static string Text(Verdict verdict) =>
        $"{verdict.Error}\n{string.Join('\n', verdict.Checks.Select(check => $"{check.Name}: {check.Actual}"))}\n"
        + string.Join(
            '\n',
            verdict.Sources.Select(source => $"{source.Name} {source.State} {source.Note}")
        );

    private static void WriteTime(Verdict verdict) =>
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{verdict.Milliseconds} ms, {verdict.ProgramsMilliseconds} of them in the system's programs"
        );
}
