using Appliance.FirstBoot.Http;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Personalisation;
using Appliance.FirstBoot.Sources;
using Appliance.FirstBoot.Tests.Fakes;
using Appliance.FirstBoot.Tests.Http;
using Appliance.FirstBoot.Verdicts;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Verdicts;
using Outcome = Appliance.Rendering.Verdicts.Personalisation;

namespace Appliance.FirstBoot.Tests.Clouds;

/// <summary>Every provider's service over real connections, to the finished machine.</summary>
public sealed class CloudTests
{
    private static readonly SiteDocument Open = TestSites.Edge with
    {
        Admin = new AdminDocument { SshFrom = ["192.0.2.0/24"] },
    };

    private readonly FreeBsd bsd = new(Open);

    public CloudTests() =>
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs the sockets of a Unix");

    [Theory]
    [InlineData("ec2", "machine-1", 2)]
    [InlineData("ec2-v1", "machine-1", 2)]
    [InlineData("openstack", "machine-1", 1)]
    [InlineData("gcp", "4711", 1)]
    [InlineData("azure", "machine-1", 1)]
    [InlineData("hetzner", "4711", 1)]
    [InlineData("vultr", "machine-1", 2)]
    [InlineData("digitalocean", "4711", 2)]
    public void A_provider_named_by_the_firmware_is_asked_for_facts(
        string name,
        string instance,
        int addresses
    )
    {
        using var server = Providers.Start(name);
        bsd.Outputs["kenv"] = Providers.Kenv(name);
        var (machine, verdict) = Boot(server);
        Assert.Null(verdict.Error);
        Assert.Equal((Outcome.Done, instance), (verdict.Personalisation, verdict.InstanceId));
        var source = verdict.Sources.Single(item => item.Name == "http");
        Assert.Equal(SourceState.Used, source.State);
        Assert.StartsWith(name.Split('-')[0], source.Place, StringComparison.Ordinal);
        Assert.Contains($"{addresses} addresses", source.Gave);
        Assert.Contains("1 secrets", source.Gave);
        Assert.Equal($"{Seeds.Key}\n", machine.Text("/root/.ssh/authorized_keys"));
        Assert.Equal("! password abcdefgh\n", machine.Text("/usr/local/etc/frr/frr.conf"));
        Assert.DoesNotContain("abcdefgh", VerdictJson.WriteLine(verdict), StringComparison.Ordinal);
        AssertNetworkIsGone(machine);
    }

    [Theory]
    [InlineData("ec2")]
    [InlineData("gcp")]
    [InlineData("azure")]
    [InlineData("hetzner")]
    [InlineData("vultr")]
    [InlineData("digitalocean")]
    [InlineData("openstack")]
    public void A_provider_that_the_firmware_does_not_name_is_found_when_there_is_no_document(
        string name
    )
    {
        using var server = Providers.Start(name);
        bsd.Machine.Files.Remove(SiteDocument.TargetPath);
        var (_, verdict) = Boot(server);
        var source = verdict.Sources.Single(item => item.Name == "http");
        Assert.StartsWith(name, source.Place, StringComparison.Ordinal);
        Assert.Contains(
            "no metadata carries or selects a site document",
            verdict.Error,
            StringComparison.Ordinal
        );
        Assert.True(verdict.Minimal);
    }

    [Fact]
    public void Azure_is_told_that_the_machine_is_ready()
    {
        using var server = Providers.Start("azure");
        bsd.Outputs["kenv"] = Providers.Kenv("azure");
        Boot(server);
        var health = server.Log.Single(asked => asked.Path == "/machine/?comp=health");
        Assert.Equal("168.63.129.16", health.Headers["Host"]);
        Assert.Contains(
            "<GoalStateIncarnation>3</GoalStateIncarnation>",
            health.Body,
            StringComparison.Ordinal
        );
        Assert.Contains("<ContainerId>c-1</ContainerId>", health.Body, StringComparison.Ordinal);
        Assert.Contains(
            "<InstanceId>i.2</InstanceId><Health><State>Ready</State>",
            health.Body,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Nobody_is_asked_without_a_reason()
    {
        using var server = Providers.Start("ec2");
        var (machine, verdict) = Boot(server);
        Assert.Equal(Outcome.Done, verdict.Personalisation);
        Assert.Equal(
            SourceState.Skipped,
            verdict.Sources.Single(item => item.Name == "http").State
        );
        Assert.Empty(server.Log);
        Assert.DoesNotContain(
            machine.Log,
            line => line.Contains("dhclient", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_token_that_is_lost_on_its_way_leads_to_version_1()
    {
        using var server = new MetadataServer(
            (asked, stream, token) =>
                asked.Method == "PUT"
                    ? Task.Delay(Timeout.Infinite, token)
                    : MetadataServer.SayAsync(
                        stream,
                        asked.Path.EndsWith("instance-id", StringComparison.Ordinal) ? "i-9" : null,
                        token
                    )
        );
        bsd.Outputs["kenv"] = Providers.Kenv("ec2");
        var (_, verdict) = Boot(server, impatient: true);
        Assert.Equal("i-9", verdict.InstanceId);
    }

    [Fact]
    public void A_token_that_is_demanded_and_does_not_arrive_is_a_reason()
    {
        using var server = new MetadataServer(asked =>
            asked.Method == "PUT" ? "HTTP:403 Forbidden" : "HTTP:401 Unauthorized"
        );
        bsd.Outputs["kenv"] = Providers.Kenv("ec2");
        var (_, verdict) = Boot(server);
        var source = verdict.Sources.Single(item => item.Name == "http");
        Assert.Equal(SourceState.Failed, source.State);
        Assert.Contains(
            "no token of version 2 (HTTP 403), and version 1 says",
            source.Note,
            StringComparison.Ordinal
        );
        // The image has everything else: the machine is made all the same.
        Assert.Equal(Outcome.Done, verdict.Personalisation);
    }

    [Fact]
    public void A_service_that_is_not_ready_yet_is_asked_again()
    {
        var busy = 2;
        using var server = new MetadataServer(asked =>
            Interlocked.Decrement(ref busy) >= 0 ? "HTTP:503 Service Unavailable"
            : asked.Path == "/hetzner/v1/metadata" ? "instance-id: 7\n"
            : null
        );
        bsd.Outputs["kenv"] = Providers.Kenv("hetzner");
        Assert.Equal("7", Boot(server).Verdict.InstanceId);
    }

    [Fact]
    public void A_captive_portal_is_no_provider()
    {
        using var server = new MetadataServer(_ => "<!DOCTYPE html><html>Please log in</html>");
        bsd.Machine.Files.Remove(SiteDocument.TargetPath);
        var (_, verdict) = Boot(server);
        Assert.Equal(SourceState.Failed, verdict.Sources.Single(item => item.Name == "http").State);
        Assert.True(verdict.Minimal);
    }

    [Fact]
    public void A_serial_number_points_at_a_seed()
    {
        using var server = new MetadataServer(asked =>
            asked.Path switch
            {
                "/seed/meta-data" => "local-hostname: router01.example.net\n",
                "/seed/user-data" => Providers.UserData,
                _ => null,
            }
        );
        bsd.Outputs["kenv"] =
            "smbios.system.serial=\"ds=nocloud;s=http://192.0.2.7:8000/seed;i=i-77\"\n";
        var (machine, verdict) = Boot(server);
        Assert.Equal((Outcome.Done, "i-77"), (verdict.Personalisation, verdict.InstanceId));
        Assert.Equal("! password abcdefgh\n", machine.Text("/usr/local/etc/frr/frr.conf"));
        Assert.Equal("192.0.2.7:8000", server.Log[0].Headers["Host"]);
        AssertNetworkIsGone(machine);
    }

    [Theory]
    [InlineData("ds=nocloud;s=https://192.0.2.7/", "only http:// is read")]
    [InlineData("ds=nocloud;s=http://seed.example.net/", "names are not resolved this early")]
    [InlineData("ds=nocloud;s=http://192.0.2.7/none/", "there is neither meta-data nor user-data")]
    public void A_pointer_that_leads_nowhere_is_a_reason(string serial, string reason)
    {
        using var server = new MetadataServer(_ => null);
        bsd.Outputs["kenv"] = $"smbios.system.serial=\"{serial}\"\n";
        var (_, verdict) = Boot(server);
        Assert.Contains(reason, verdict.Error, StringComparison.Ordinal);
        Assert.True(verdict.Minimal);
    }

    [Theory]
    [InlineData("NoSerial")]
    [InlineData("ds=nocloud")]
    [InlineData("ds=ec2;s=http://192.0.2.7/")]
    public void An_ordinary_serial_number_points_nowhere(string serial)
    {
        Assert.Null(SeedPointer.Parse(serial));
    }

    [Fact]
    public void Without_a_lease_the_reason_is_that()
    {
        using var server = Providers.Start("hetzner");
        bsd.Outputs["kenv"] = Providers.Kenv("hetzner");
        bsd.Machine.Files.Remove(SiteDocument.TargetPath);
        var (_, verdict) = Boot(server, hasDhcp: false);
        Assert.Equal(
            "no interface got an address",
            verdict.Sources.Single(item => item.Name == "http").Note
        );
    }

    private (FakeMachine Machine, Verdict Verdict) Boot(
        MetadataServer server,
        bool hasDhcp = true,
        bool impatient = false
    )
    {
        var machine = FreeBsd.On(bsd.Machine);
        // Before first boot no interface has an address.
        var configured = bsd.Outputs["ifconfig"];
        bsd.Outputs["ifconfig"] = string.Join(
            '\n',
            configured
                .Split('\n')
                .Where(line => !line.StartsWith("\tinet", StringComparison.Ordinal))
        );
        machine.Programs["/bin/pkill"] = _ => new ProgramResult(0, "", "");
        machine.Programs["/sbin/route"] = _ => new ProgramResult(0, "", "");
        machine.Programs["/bin/sh"] = arguments =>
        {
            if (hasDhcp && arguments[^1].Contains("dhclient", StringComparison.Ordinal))
            {
                machine.Put("/var/run/appliance/lease", "address=10.0.2.15\nrouters=10.0.2.2\n");
            }

            return new ProgramResult(0, "", "");
        };
        IConnector connector = new SocketConnector(_ => server.EndPoint);
        if (impatient)
        {
            connector = new Impatient(connector);
        }

        new Personaliser(machine, connector, TestSites.Render).Run();
        bsd.Outputs["ifconfig"] = configured;
        return (machine, new Verifier(machine, TestSites.Render, TimeSpan.Zero).Run());
    }

    private static void AssertNetworkIsGone(FakeMachine machine)
    {
        Assert.Contains("run /bin/pkill -F /var/run/appliance/dhclient.pid", machine.Log);
        Assert.Contains("run /sbin/ifconfig vtnet0 inet 10.0.2.15 -alias", machine.Log);
        Assert.Contains("run /sbin/route -q delete -inet default", machine.Log);
    }

    /// <summary>Waits for a tenth of a second only.</summary>
    private sealed class Impatient(IConnector connector) : IConnector
    {
        public HttpReply Send(HttpRequest request, TimeSpan limit) =>
            connector.Send(
                request,
                TimeSpan.FromMilliseconds(request.Method == "PUT" ? 100 : 20_000)
            );
    }
}
