using System.Text;
using Appliance.FirstBoot.Personalisation;
using Appliance.FirstBoot.State;
using Appliance.FirstBoot.Tests.Fakes;
using Appliance.FirstBoot.Tests.Media;
using Appliance.FirstBoot.Verdicts;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Verdicts;
using Outcome = Appliance.Rendering.Verdicts.Personalisation;

namespace Appliance.FirstBoot.Tests.Personalisation;

/// <summary>What metadata makes of a machine, from disks to the verdict.</summary>
public sealed class MetadataTests : IDisposable
{
    private const string Seed = "/dev/vtbd1";
    private const string Mac = "52:54:00:12:34:56";

    private readonly FreeBsd bsd = new(TestSites.Edge);
    private readonly SeedMaker maker = new();

    public void Dispose() => maker.Dispose();

    [Fact]
    public void A_document_that_the_metadata_carries_makes_the_machine()
    {
        var machine = FreeBsd.On(bsd.Machine);
        machine.Files.Remove(SiteDocument.TargetPath);
        machine.Disks[Seed] = Seeds.Carrying(
            TestSites.Edge with
            {
                Hostname = "carried.example.net",
            }
        );
        var verdict = Boot(machine);
        Assert.Equal((Outcome.Done, null), (verdict.Personalisation, verdict.Error));
        Assert.Contains(
            "carried.example.net",
            machine.Text("/etc/rc.conf"),
            StringComparison.Ordinal
        );
        var disk = verdict.Sources.Single(source => source.Name == "disk");
        Assert.Equal((SourceState.Used, Seed), (disk.State, disk.Place));
        Assert.Equal(["document"], disk.Gave);
        Assert.Equal(
            ["image Absent", "cidata Absent", "config-2 Absent", "disk Used"],
            verdict.Sources.Take(4).Select(source => $"{source.Name} {source.State}")
        );
    }

    [Fact]
    public void A_document_of_the_metadata_comes_before_the_image_s()
    {
        var machine = FreeBsd.On(bsd.Machine);
        machine.Disks[Seed] = Seeds.Carrying(
            TestSites.Edge with
            {
                Hostname = "carried.example.net",
            }
        );
        Assert.Equal(Outcome.Done, Boot(machine).Personalisation);
        Assert.Contains(
            "carried.example.net",
            machine.Text("/etc/rc.conf"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_metadata_selects_one_of_the_documents_of_an_image()
    {
        var machine = FreeBsd.On(bsd.Machine);
        machine.Files.Remove(SiteDocument.TargetPath);
        foreach (var name in new[] { "one", "two" })
        {
            var document = TestSites.Edge with { Site = name, Hostname = $"{name}.example.net" };
            machine.Put(
                $"/usr/local/etc/appliance/sites/{name}.json",
                Encoding.UTF8.GetString(SiteDocumentJson.Write(document))
            );
        }

        machine.Disks[Seed] = Seeds.UserData("  site: two\n");
        Assert.Equal(Outcome.Done, Boot(machine).Personalisation);
        Assert.Contains("two.example.net", machine.Text("/etc/rc.conf"), StringComparison.Ordinal);
        machine = FreeBsd.On(machine.Reboot());
        machine.Disks[Seed] = Seeds.UserData("  site: three\n");
        var error = Boot(machine).Error;
        Assert.Equal("the metadata selects site three, and the image has one, two", error);
        Assert.Contains("two.example.net", machine.Text("/etc/rc.conf"), StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_reach_closed_files_and_nothing_that_is_told()
    {
        var machine = FreeBsd.On(bsd.Machine);
        machine.Disks[Seed] = Seeds.UserData("  secrets: {ifog-md5: hunter2hunter2}\n");
        var verdict = Boot(machine);
        Assert.Equal("! password hunter2hunter2\n", machine.Text("/usr/local/etc/frr/frr.conf"));
        Assert.Equal(["1 secrets"], verdict.Sources.Single(source => source.Name == "disk").Gave);
        var readable = machine.Files.Where(file => (file.Value.Mode & 0b000_000_111) != 0);
        Assert.All(
            readable,
            file => Assert.DoesNotContain("hunter2", file.Value.Text, StringComparison.Ordinal)
        );
        Assert.DoesNotContain("hunter2", VerdictJson.WriteLine(verdict), StringComparison.Ordinal);
        Assert.Equal(0b110_000_000, machine.Files["/var/db/appliance/secrets.json"].Mode);
        Assert.All(
            machine.Log,
            line => Assert.DoesNotContain("hunter2", line, StringComparison.Ordinal)
        );

        // The seed may go; the secrets stay with the machine.
        machine = FreeBsd.On(machine.Reboot());
        machine.Disks.Clear();
        Assert.Equal(Outcome.Kept, Boot(machine).Personalisation);
        Assert.Equal("! password hunter2hunter2\n", machine.Text("/usr/local/etc/frr/frr.conf"));
    }

    [Fact]
    public void A_complaint_that_quotes_a_secret_is_told_without_it()
    {
        var machine = FreeBsd.On(bsd.Machine);
        machine.Disks[Seed] = Seeds.UserData("  secrets: {ifog-md5: hunter2hunter2}\n");
        machine.Put("/usr/local/bin/vtysh", "");
        machine.Programs["/usr/local/bin/vtysh"] = _ =>
            new(1, "", "line 7: % Unknown command: password hunter2hunter2");
        Assert.Contains(
            "Unknown command: password …",
            Boot(machine).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_the_document_leaves_open_is_filled_by_the_provider()
    {
        var open = TestSites.Edge with
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
        };
        var machine = FreeBsd.On(new FreeBsd(open).Machine);
        machine.Disks["/dev/cd0"] = Cidata(Network("198.51.100.10/24", "198.51.100.1"));
        var verdict = Boot(machine);
        Assert.Null(verdict.Error);
        var applied = SiteDocumentJson.Read(machine.Files[StateStore.DocumentPath].Content);
        var wan = applied.Interfaces[0];
        Assert.Equal(("198.51.100.10/24", "198.51.100.1", 1450), (wan.Ipv4, wan.Gateway4, wan.Mtu));
        Assert.Equal([Seeds.Key], applied.Admin.SshKeys);
        Assert.Equal("i-1", verdict.InstanceId);
        var finding = Assert.Single(verdict.Findings);
        Assert.Equal(
            ("hostname", "router01.example.net", "cloud", false),
            (finding.Subject, finding.Document, finding.Metadata, finding.IsConflict)
        );
    }

    [Theory]
    [InlineData("203.0.113.9/24", "198.51.100.1", "interface.wan.ipv4")]
    [InlineData("198.51.100.10/24", "198.51.100.2", "interface.wan.gateway4")]
    public void An_address_that_differs_is_a_conflict_and_the_machine_is_a_minimal_one(
        string address,
        string gateway,
        string subject
    )
    {
        var machine = FreeBsd.On(bsd.Machine);
        machine.Disks["/dev/cd0"] = Cidata(Network(address, gateway));
        var verdict = Boot(machine);
        Assert.Equal(
            (Outcome.Failed, true, false),
            (verdict.Personalisation, verdict.Minimal, verdict.Ok)
        );
        Assert.StartsWith(subject + ": the document says", verdict.Error, StringComparison.Ordinal);
        Assert.Contains(
            verdict.Findings,
            finding => finding.Subject == subject && finding.IsConflict
        );
        AssertMinimal(machine, address);
        // The way in: the image's keys from the image's networks.
        Assert.Contains(
            "ops@example.net",
            machine.Text("/root/.ssh/authorized_keys"),
            StringComparison.Ordinal
        );
        Assert.Contains("192.0.2.0/24", machine.Text("/etc/pf.conf"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"schema\": 1}", "missing required properties")]
    [InlineData("", "JSON")]
    [InlineData(
        "{\"schema\": 1, \"admin\": {\"ssh_keys\": [\"KEY\"], \"ssh_from\": [\"192.0.2.0/24\"]}}",
        "missing"
    )]
    public void A_document_that_is_none_leaves_a_minimal_machine(string document, string reason)
    {
        bsd.Machine.Put(
            SiteDocument.TargetPath,
            document.Replace("KEY", Seeds.Key, StringComparison.Ordinal)
        );
        var machine = FreeBsd.On(bsd.Machine);
        var verdict = Boot(machine);
        Assert.Contains(reason, verdict.Error, StringComparison.Ordinal);
        AssertMinimal(machine, "dhcp");
        var isReadable = document.Contains("KEY", StringComparison.Ordinal);
        Assert.Equal(
            isReadable,
            machine.Text("/root/.ssh/authorized_keys")!.Contains("owner", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void An_image_for_many_sites_is_its_owner_s_until_metadata_chooses_one()
    {
        var machine = FreeBsd.On(bsd.Machine);
        var own = machine.Files[SiteDocument.TargetPath];
        machine.Files.Remove(SiteDocument.TargetPath);
        machine.Put($"{SiteDocument.ChoicesPath}/router01.json", own.Text);
        machine.Put($"{SiteDocument.ChoicesPath}/broken.json", "not even JSON");
        bsd.Sysctls["net.fibs"] = "2";
        Assert.True(Boot(machine).Minimal);
        AssertMinimal(machine, "dhcp");
        // What the loader of this image decided is nothing that a minimal machine could change.
        Assert.Equal(
            2,
            SiteDocumentJson.Read(machine.Files[StateStore.DocumentPath].Content).System.Fibs
        );
        Assert.Contains(
            "ops@example.net",
            machine.Text("/root/.ssh/authorized_keys"),
            StringComparison.Ordinal
        );
        Assert.Contains("192.0.2.0/24", machine.Text("/etc/pf.conf"), StringComparison.Ordinal);

        machine = FreeBsd.On(machine.Reboot());
        machine.Disks[Seed] = Seeds.UserData("  site: router01\n");
        var verdict = Boot(machine);
        Assert.Equal(
            (Outcome.Done, "router01", false),
            (verdict.Personalisation, verdict.Site, verdict.Minimal)
        );
    }

    [Fact]
    public void An_interrupted_run_that_cannot_be_undone_leaves_the_owner_a_way_in_all_the_same()
    {
        var machine = FreeBsd.On(bsd.Machine);
        machine.Put(
            Journal.TargetPath,
            "{\"run\": 1, \"replaced\": [], \"added\": [\"/etc/jail.conf\"]}"
        );
        machine.Fails = change => change == "delete /etc/jail.conf";
        var verdict = Boot(machine);
        Assert.Contains("delete /etc/jail.conf", verdict.Error, StringComparison.Ordinal);
        AssertMinimal(machine, "dhcp");
        Assert.Contains(
            "ops@example.net",
            machine.Text("/root/.ssh/authorized_keys"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_minimal_machine_is_tried_again_and_becomes_the_real_one()
    {
        var document = bsd.Machine.Text(SiteDocument.TargetPath)!;
        bsd.Machine.Files.Remove(SiteDocument.TargetPath);
        var machine = FreeBsd.On(bsd.Machine);
        Assert.Contains("there is no", Boot(machine).Error, StringComparison.Ordinal);
        Assert.Null(new StateStore(machine).ReadState()!.Fingerprint);
        machine = FreeBsd.On(machine.Reboot());
        var changes = machine.Changes;
        Assert.True(Boot(machine).Minimal);
        Assert.DoesNotContain(
            machine.Log,
            line => line.StartsWith("write /etc", StringComparison.Ordinal)
        );
        machine = FreeBsd.On(machine.Reboot());
        machine.Put(SiteDocument.TargetPath, document);
        var verdict = Boot(machine);
        Assert.Equal((Outcome.Done, false), (verdict.Personalisation, verdict.Minimal));
        Assert.Contains("router01", machine.Text("/etc/rc.conf"), StringComparison.Ordinal);
        Assert.Equal(0, changes);
    }

    [Fact]
    public void Another_instance_id_is_another_machine_with_keys_and_host_id_of_its_own()
    {
        var machine = FreeBsd.On(bsd.Machine);
        machine.Disks["/dev/cd0"] = Cidata("", "i-1");
        Assert.Equal("i-1", Boot(machine).InstanceId);
        machine = FreeBsd.On(machine.Reboot());
        Assert.Equal(Outcome.Kept, Boot(machine).Personalisation);
        Assert.DoesNotContain("run /etc/rc.d/hostid onereset", machine.Log);

        var clone = FreeBsd.On(machine.Reboot());
        clone.Put("/etc/ssh/ssh_host_ed25519_key", "the first one's\n", 0b110_000_000);
        clone.Disks["/dev/cd0"] = Cidata("", "i-2");
        var verdict = Boot(clone);
        Assert.Equal(
            (Outcome.Done, "i-2", "i-1"),
            (verdict.Personalisation, verdict.InstanceId, verdict.PreviousInstanceId)
        );
        Assert.Equal("private\n", clone.Text("/etc/ssh/ssh_host_ed25519_key"));
        Assert.Contains("run /etc/rc.d/hostid onereset", clone.Log);
        clone = FreeBsd.On(clone.Reboot());
        Assert.Equal(Outcome.Kept, Boot(clone).Personalisation);
    }

    [Fact]
    public void Secrets_of_another_machine_are_not_this_one_s()
    {
        var machine = FreeBsd.On(bsd.Machine);
        machine.Disks["/dev/cd0"] = Cidata("", "i-1", "  secrets: {ifog-md5: hunter2hunter2}\n");
        Boot(machine);
        var clone = FreeBsd.On(machine.Reboot());
        clone.Disks["/dev/cd0"] = Cidata("", "i-2");
        Assert.Equal(Outcome.Done, Boot(clone).Personalisation);
        Assert.Equal("! password none\n", clone.Text("/usr/local/etc/frr/frr.conf"));
        Assert.All(
            clone.Files,
            file => Assert.DoesNotContain("hunter2", file.Value.Text, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_clone_without_a_document_of_its_own_does_not_go_on_as_the_first_machine()
    {
        var machine = FreeBsd.On(bsd.Machine);
        machine.Files.Remove(SiteDocument.TargetPath);
        bsd.Outputs["kenv"] = "smbios.system.uuid=\"0e7f7f6c-5b1c-4f0e-9f0a-000000000001\"\n";
        machine.Disks[Seed] = Seeds.Carrying(TestSites.Edge);
        Assert.Equal(Outcome.Done, Boot(machine).Personalisation);
        // Without the seed it stays what it is …
        machine = FreeBsd.On(machine.Reboot());
        machine.Disks.Clear();
        Assert.Equal(Outcome.Kept, Boot(machine).Personalisation);
        // … but not in another machine.
        bsd.Outputs["kenv"] = "smbios.system.uuid=\"0e7f7f6c-5b1c-4f0e-9f0a-000000000002\"\n";
        var clone = FreeBsd.On(machine.Reboot());
        var verdict = Boot(clone);
        Assert.Equal((Outcome.Failed, true), (verdict.Personalisation, verdict.Minimal));
        Assert.DoesNotContain("router01", clone.Text("/etc/rc.conf"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_console_password_is_set_as_a_hash_and_expected()
    {
        const string Hash = "$6$salt$abcdefghijklmnopqrstuvwxyz0123456789";
        var machine = FreeBsd.On(bsd.Machine);
        machine.Disks[Seed] = Seeds.UserData($"  console_password: {Hash}\n");
        var verdict = Boot(machine);
        Assert.True(verdict.Ok, verdict.Error);
        Assert.StartsWith(
            $"root:{Hash}:",
            machine.Text("/etc/master.passwd"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("/var/run/appliance/hash", machine.Files.Keys);
        Assert.All(
            machine.Log,
            line => Assert.DoesNotContain(Hash, line, StringComparison.Ordinal)
        );

        // It stays when the seed is gone, and goes when the owner says so.
        machine = FreeBsd.On(machine.Reboot());
        machine.Disks.Clear();
        Assert.Equal(Outcome.Kept, Boot(machine).Personalisation);
        Assert.Contains(Hash, machine.Text("/etc/master.passwd"), StringComparison.Ordinal);
        machine.Disks[Seed] = Seeds.UserData("  ssh_from: [192.0.2.0/24]\n");
        Assert.Equal(Outcome.Done, Boot(machine).Personalisation);
        Assert.Contains("root:*:", machine.Text("/etc/master.passwd"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  console_password: hunter2\n", "console_password is no hash")]
    [InlineData("  sight: router01\n", "appliance has a key that is not known here")]
    [InlineData("  secrets: [a]\n", "secrets is no mapping")]
    [InlineData("  site: !a x\n", "tags are not read")]
    public void User_data_that_is_meant_for_us_and_wrong_is_a_reason(string text, string reason)
    {
        var machine = FreeBsd.On(bsd.Machine);
        machine.Disks[Seed] = Seeds.UserData(text);
        var verdict = Boot(machine);
        Assert.StartsWith(
            "disk on /dev/vtbd1: user-data: ",
            verdict.Error,
            StringComparison.Ordinal
        );
        Assert.Contains(reason, verdict.Error, StringComparison.Ordinal);
        Assert.True(verdict.Minimal);
    }

    [Theory]
    [InlineData("#!/bin/sh\nrm -rf /\n", "user data is a script, and this machine runs none")]
    [InlineData("#cloud-config\nruncmd: [x]\npackages: [y]\n", "user data: runcmd")]
    public void What_is_not_done_here_is_told_and_not_done(string userData, string told)
    {
        var machine = FreeBsd.On(bsd.Machine);
        machine.Disks["/dev/cd0"] = maker.Iso("cidata", ["-rock"], ("user-data", userData));
        var verdict = Boot(machine);
        Assert.Equal(Outcome.Done, verdict.Personalisation);
        Assert.Contains(told, verdict.Sources.Single(source => source.Name == "cidata").Ignored);
    }

    [Fact]
    public void Two_seeds_that_differ_are_refused_and_two_that_agree_are_one()
    {
        var machine = FreeBsd.On(bsd.Machine);
        machine.Disks["/dev/cd0"] = Cidata("", "i-1");
        machine.Disks["/dev/da0"] = Cidata("", "i-1");
        Assert.Equal(Outcome.Done, Boot(machine).Personalisation);
        machine = FreeBsd.On(machine.Reboot());
        machine.Disks["/dev/da0"] = Cidata("", "i-2");
        Assert.Equal(
            "cidata on /dev/cd0: /dev/cd0 and /dev/da0 are both such media, and differ: leave one",
            Boot(machine).Error
        );
    }

    [Fact]
    public void A_damaged_seed_is_a_reason_and_not_a_crash()
    {
        var machine = FreeBsd.On(bsd.Machine);
        var image = maker.Fat(
            16,
            "CIDATA",
            20000,
            ("meta-data", new string('x', 9000)),
            ("user-data", "a: 1\n")
        );
        var reserved = image[14] | (image[15] << 8);
        image.AsSpan((reserved * 512) + 4, 4000).Clear();
        machine.Disks["/dev/da0"] = image;
        Assert.Contains("shorter than the file", Boot(machine).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_config_drive_is_read()
    {
        var machine = FreeBsd.On(bsd.Machine);
        machine.Disks["/dev/vtbd1"] = maker.Iso(
            "config-2",
            ["-joliet", "-rock"],
            (
                "openstack/latest/meta_data.json",
                "{\"uuid\": \"11-22\", \"hostname\": \"router01.example.net\"}"
            ),
            (
                "openstack/latest/user_data",
                "#cloud-config\nappliance: {secrets: {ifog-md5: abcdefgh}}\n"
            )
        );
        var verdict = Boot(machine);
        Assert.Equal((Outcome.Done, "11-22"), (verdict.Personalisation, verdict.InstanceId));
        Assert.Equal("! password abcdefgh\n", machine.Text("/usr/local/etc/frr/frr.conf"));
        Assert.Empty(verdict.Findings);
    }

    private static Verdict Boot(FakeMachine machine)
    {
        new Personaliser(machine, Nobody.Reachable, TestSites.Render).Run();
        return new Verifier(machine, TestSites.Render, TimeSpan.Zero).Run();
    }

    private static void AssertMinimal(FakeMachine machine, string address)
    {
        Assert.Contains($"inet {address}", machine.Text("/etc/rc.conf"), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "\nfrr_enable=\"YES\"",
            machine.Text("/etc/rc.conf"),
            StringComparison.Ordinal
        );
        Assert.StartsWith("# from", machine.Text("/etc/pf.conf"), StringComparison.Ordinal);
        Assert.Null(machine.Text("/boot/loader.conf"));
        var document = SiteDocumentJson.Read(machine.Files[StateStore.DocumentPath].Content);
        Assert.Null(document.Bgp);
        Assert.Empty(document.Tunnels);
    }

    private byte[] Cidata(string networkConfig, string instance = "i-1", string appliance = "") =>
        maker.Iso(
            "cidata",
            ["-joliet", "-rock"],
            (
                "meta-data",
                $"instance-id: {instance}\nlocal-hostname: cloud\npublic-keys: ['{Seeds.Key}']\n"
            ),
            (
                "user-data",
                appliance.Length == 0
                    ? "#cloud-config\n"
                    : $"#cloud-config\nappliance:\n{appliance}"
            ),
            ("network-config", networkConfig)
        );

    private static string Network(string address, string gateway) =>
        $$"""
            version: 2
            ethernets:
              eth0: {match: {macaddress: "{{Mac}}"}, mtu: 1450, addresses: [{{address}}], gateway4: {{gateway}}}
            """;
}
