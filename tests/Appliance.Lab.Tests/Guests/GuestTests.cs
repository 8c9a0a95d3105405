using System.Text;
using Appliance.Lab.Guests;
using Appliance.Lab.Linux;
using Appliance.Lab.Running;
using Appliance.Lab.Topology;
using Appliance.Rendering;
using Appliance.Rendering.Documents;
using Appliance.Tests.Support;
using Appliance.Verify.Processes;

namespace Appliance.Lab.Tests.Guests;

/// <summary>What a virtual machine of a lab is told, and what a lab leaves of one; none is switched on here.</summary>
public class GuestTests
{
    private static readonly LabPlan Plan = LabPlanner.Plan(
        "t",
        Networks.Shipped("example"),
        ["router01"]
    );

    [Fact]
    public void The_world_logs_in_from_the_address_that_it_has_on_the_machines_link()
    {
        var access = GuestAccess.Of(Plan, "router01");
        Assert.Equal("198.51.100.10", access.Address.ToString());
        Assert.Equal("198.51.100.1/32", access.From);
    }

    [Fact]
    public void The_world_logs_in_from_afar_where_a_neighbor_is_the_gateway()
    {
        var documents = Networks
            .Shipped("example")
            .Select(site =>
                site.Site != "router01"
                    ? site
                    : site with
                    {
                        Interfaces =
                        [
                            .. site.Interfaces.Select(item =>
                                item with
                                {
                                    Ipv4 = null,
                                    Gateway4 = null,
                                }
                            ),
                        ],
                    }
            )
            .ToList();
        var plan = LabPlanner.Plan("t", documents, ["router01"]);
        Assert.Equal(
            new GuestAccess(System.Net.IPAddress.Parse("2001:db8:100::96"), LabNumbers.FarHost6),
            GuestAccess.Of(plan, "router01")
        );
    }

    [Fact]
    public void The_lab_becomes_an_owner_beside_the_others()
    {
        var before = Plan.Document("router01");
        var after = GuestSeed.WithOwner(before, "ssh-ed25519 AAAA lab", "198.51.100.1/32");
        Assert.Equal([.. before.Admin.SshKeys, "ssh-ed25519 AAAA lab"], after.Admin.SshKeys);
        Assert.Equal(["192.0.2.0/24", "198.51.100.1/32"], after.Admin.SshFrom);
        Assert.Equal(
            SiteDocumentJson.Write(before),
            SiteDocumentJson.Write(after with { Admin = before.Admin })
        );
    }

    [Fact]
    public void The_seed_has_the_secrets_of_the_site_and_no_others()
    {
        var disk = GuestSeed.Disk(
            Plan.Document("router01"),
            new Secrets(
                new Dictionary<string, string> { ["ifog-md5"] = "lab-1", ["another"] = "lab-2" }
            )
        );
        Assert.Equal(0, disk.Length % 512);
        Assert.Equal(
            "#cloud-config\nappliance:\n  secrets:\n    ifog-md5: \"lab-1\"\n",
            Encoding.UTF8.GetString(disk).TrimEnd('\0')
        );
    }

    [Fact]
    public void A_machine_without_secrets_gets_a_seed_that_says_nothing() =>
        Assert.DoesNotContain(
            "secrets",
            Encoding.UTF8.GetString(GuestSeed.Disk(Plan.Document("vps01"), Secrets.None)),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_card_that_only_the_machine_could_name_is_the_next_of_its_driver()
    {
        var documents = Networks
            .Shipped("example")
            .Select(site =>
                site with
                {
                    Interfaces =
                    [
                        .. site.Interfaces.Select(item =>
                            item with
                            {
                                Match = new InterfaceMatch { Mac = "52:54:00:00:00:07" },
                            }
                        ),
                    ],
                }
            )
            .ToList();
        var plan = LabPlanner.Plan("t", documents, ["router01"]);
        Assert.Equal("vtnet0", plan.DeviceNames["router01"]["wan"]);
        Assert.Equal("net0", plan.DeviceNames["vps01"]["wan"]);
    }

    [Fact]
    public async Task Nobody_who_makes_images_means_no_virtual_machines()
    {
        Need.WholeLab();
        Need.Tool(Tools.Qemu, Tools.Ssh, Tools.SshKeyGenerator);
        var exception = await Assert.ThrowsAsync<LabException>(() =>
            RunningLab.StartAsync(
                new LabRequest
                {
                    Plan = Plan,
                    Tools = Need.Host,
                    FrrVersion = "8.4.4",
                },
                null,
                Need.Token
            )
        );
        Assert.Equal(LabFault.BadRequest, exception.Fault);
    }

    [Fact]
    public async Task Disks_that_a_dead_keeper_left_are_found_and_removed()
    {
        Need.Root();
        const string Lab = "t-disks";
        var files = new GuestFiles(Lab, "router01");
        Directory.CreateDirectory(files.DiskFolder);
        await File.WriteAllTextAsync(files.Disk, "", Need.Token);
        Assert.Contains(Lab, LabCleaner.Labs());

        var remains = await new LabCleaner(Need.Host).RemoveAsync(Lab, Need.Token);

        Assert.True(remains.Any);
        Assert.DoesNotContain(Lab, LabCleaner.Labs());
        Assert.False(Directory.Exists(LabNames.DiskFolder(Lab)));
    }
}
