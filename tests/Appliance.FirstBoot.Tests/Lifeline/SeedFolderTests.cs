using System.Text.Json.Nodes;
using Appliance.FirstBoot.Http;
using Appliance.FirstBoot.Personalisation;
using Appliance.FirstBoot.Tests.Fakes;
using Appliance.FirstBoot.Verdicts;
using Appliance.Imaging.Disk;
using Appliance.Imaging.Iso;
using Appliance.Imaging.Tree;
using Appliance.Rendering;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Verdicts;

namespace Appliance.FirstBoot.Tests.Lifeline;

/// <summary>
/// Seeds as owners and providers gave them, each a folder of Samples/seeds: a medium or a metadata service, and which
/// document the image has. The files are rendered for real.
/// </summary>
public sealed class SeedFolderTests : IDisposable
{
    private readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("appliance-seed-");

    public void Dispose() => scratch.Delete(recursive: true);

    [Theory]
    [InlineData("name-of-freebsd", "")]
    [InlineData("name-of-linux", "")]
    [InlineData("hostname-underscore", "user data: hostname \"my_router\": not a host name")]
    [InlineData("hostname-long", "meta-data: local-hostname \"aaaa")]
    [InlineData("hostname-dots", "meta-data: local-hostname \"a..b\": not a host name")]
    [InlineData("hostname-blank", "user data: hostname \"my server\": not a host name")]
    [InlineData("key-dss", "user data: ssh_authorized_keys: a key: sshd does not accept DSA keys")]
    [InlineData("user-data-tab", "")]
    [InlineData("user-data-brace", "")]
    public void A_minimal_machine_has_what_can_be_used_of_the_seed(string folder, string ignored)
    {
        var (machine, verdict) = Boot(folder);
        Assert.True(verdict.Minimal, verdict.Error);
        // The networks of ssh are in the user data: where that is no YAML, and no document has any, nobody knows them.
        AssertWayIn(machine, "198.51.100.10/24", knowsNetworks: folder != "user-data-tab");
        var rc = machine.Text("/etc/rc.conf")!;
        Assert.Contains("defaultrouter=\"198.51.100.1\"", rc, StringComparison.Ordinal);
        Assert.Contains("inet6 2001:db8:100::96 prefixlen", rc, StringComparison.Ordinal);
        var all = verdict.Sources.SelectMany(source => source.Ignored).ToList();
        Assert.True(
            ignored.Length == 0
                ? all.Count == 0
                : all.Exists(text => text.StartsWith(ignored, StringComparison.Ordinal)),
            string.Join('\n', all)
        );
    }

    [Theory]
    [InlineData("user-data-tab", "cidata on /dev/cd0: user-data: line 3: a tab cannot indent")]
    [InlineData("user-data-brace", "cidata on /dev/cd0: user-data: line 3:")]
    public void User_data_that_is_no_YAML_is_the_reason_and_takes_nothing_from_the_other_files(
        string folder,
        string reason
    )
    {
        var (machine, verdict) = Boot(folder);
        Assert.StartsWith(reason, verdict.Error, StringComparison.Ordinal);
        Assert.Equal("i-1", verdict.InstanceId);
        Assert.Contains(
            "hostname=\"edge1.example.net\"",
            machine.Text("/etc/rc.conf"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Dhcp_beside_a_static_ipv6_address_keeps_both()
    {
        var (machine, verdict) = Boot("dhcp-beside-ipv6");
        Assert.Null(verdict.Error);
        var rc = machine.Text("/etc/rc.conf")!;
        Assert.Contains("ifconfig_vtnet0=\"SYNCDHCP", rc, StringComparison.Ordinal);
        Assert.Contains(
            "ifconfig_vtnet0_ipv6=\"inet6 2001:db8:100::1 prefixlen 64 -accept_rtadv\"",
            rc,
            StringComparison.Ordinal
        );
        Assert.Contains("ipv6_defaultrouter=\"fe80::1%vtnet0\"", rc, StringComparison.Ordinal);
    }

    [Fact]
    public void A_further_address_is_recorded_as_not_configured()
    {
        var (machine, verdict) = Boot("further-address");
        Assert.Null(verdict.Error);
        Assert.Contains("198.51.100.10/24", machine.Text("/etc/rc.conf"), StringComparison.Ordinal);
        Assert.Contains(
            "vtnet0: the further address 198.51.100.77/24 is not configured",
            verdict.Sources.Single(source => source.Name == "http").Ignored
        );
    }

    [Fact]
    public void The_address_that_reaches_the_gateway_is_chosen()
    {
        var (machine, verdict) = Boot("anchor-first");
        AssertWayIn(machine, "198.51.100.10/24");
        Assert.Contains(
            "defaultrouter=\"198.51.100.1\"",
            machine.Text("/etc/rc.conf"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "vtnet0: the further address 10.18.0.5/16 is not configured",
            verdict.Sources.Single(source => source.Name == "config-2").Ignored
        );
    }

    [Fact]
    public void Another_address_of_the_document_s_prefix_is_recorded_and_the_document_counts()
    {
        var (machine, verdict) = Boot("other-address");
        Assert.Null(verdict.Error);
        Assert.False(verdict.Minimal);
        Assert.Contains("2001:db8:100::96", machine.Text("/etc/rc.conf"), StringComparison.Ordinal);
        var finding = verdict.Findings.Single(item => item.Subject == "interface.wan.ipv6");
        Assert.Equal(("2001:db8:100::1/64", false), (finding.Metadata, finding.IsConflict));
    }

    private (FakeMachine Machine, Verdict Verdict) Boot(string name)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Samples", "seeds", name);
        var settings = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "case.json")))!;
        var bsd = new FreeBsd(Document((string)settings["document"]!));
        var machine = FreeBsd.On(bsd.Machine);
        if ((string)settings["document"]! == "none")
        {
            machine.Files.Remove(SiteDocument.TargetPath);
        }

        if (settings["kenv"] is { } kenv)
        {
            bsd.Outputs["kenv"] = (string)kenv!;
        }

        if (Path.Combine(folder, "medium") is var medium && Directory.Exists(medium))
        {
            machine.Disks["/dev/cd0"] = Medium(medium);
        }

        var http = settings["http"]?.AsObject();
        IConnector service = new Answers(request =>
            http?[request.Path] is { } file
                ? File.ReadAllText(Path.Combine(folder, (string)file!))
                : null
        );
        new Personaliser(machine, service, Render).Run();
        return (machine, new Verifier(machine, Render, TimeSpan.Zero).Run());
    }

    private byte[] Medium(string folder)
    {
        var tree = new FileTree(0);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            tree.AddFile(
                Path.GetRelativePath(folder, file),
                FileContent.FromBytes(File.ReadAllBytes(file)),
                NodeMetadata.DefaultFile(0),
                "test"
            );
        }

        var isConfigDrive = Directory.Exists(Path.Combine(folder, "openstack"));
        var image = Path.Combine(scratch.FullName, "medium");
        ImageFile.WriteContent(
            IsoFileSystem.Plan(
                tree,
                new IsoOptions { Label = isConfigDrive ? "config-2" : "cidata", Time = 0 }
            ),
            image
        );
        return File.ReadAllBytes(image);
    }

    private static SiteDocument Document(string kind) =>
        kind == "open"
            ? TestSites.Edge with
            {
                Admin = new AdminDocument { SshFrom = ["192.0.2.0/24"] },
                Interfaces =
                [
                    TestSites.Edge.Interfaces[0] with
                    {
                        Ipv4 = null,
                        Gateway4 = null,
                        Ipv6 = null,
                        Gateway6 = null,
                    },
                ],
            }
            : TestSites.Edge;

    private static void AssertWayIn(FakeMachine machine, string address, bool knowsNetworks = true)
    {
        var rc = machine.Text("/etc/rc.conf")!;
        Assert.Contains($"ifconfig_vtnet0=\"inet {address}", rc, StringComparison.Ordinal);
        Assert.Contains("sshd_enable=\"YES\"", rc, StringComparison.Ordinal);
        Assert.Contains(
            Seeds.Key,
            machine.Text("/root/.ssh/authorized_keys"),
            StringComparison.Ordinal
        );
        Assert.Equal(
            knowsNetworks,
            machine.Text("/etc/pf.conf")!.Contains("192.0.2.0/24", StringComparison.Ordinal)
        );
        Assert.StartsWith("root:*:", machine.Text("/etc/master.passwd"), StringComparison.Ordinal);
    }

    private static IReadOnlyList<RenderedFile> Render(
        SiteDocument document,
        InterfaceNames names,
        Secrets secrets
    ) => SiteRenderer.Render(document, names, secrets);
}
