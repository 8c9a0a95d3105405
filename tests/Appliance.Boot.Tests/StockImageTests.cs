using System.Text;
using Appliance.Build.Seeds;
using Appliance.Imaging.Disk;
using Appliance.Imaging.Tree;
using Appliance.Rendering.Documents;
using Appliance.Verify.Processes;
using Appliance.Verify.Qemu;

namespace Appliance.Boot.Tests;

/// <summary>
/// A FreeBSD with nothing of ours on it, as a provider offers it, becomes the router by what `seed --stock` writes: the base
/// system's own nuageinit(7) reads it, and the machine starts once more.
/// </summary>
public sealed class StockImageTests : IDisposable
{
    private const string End = "STOCK END";

    /// <summary>As FreeBSD's release/tools/basic-cloudinit.conf, without what needs the world outside.</summary>
    private const string Configuration = """
        hostname="freebsd"
        ifconfig_DEFAULT="SYNCDHCP accept_rtadv"
        sshd_enable="YES"
        sshd_rsa_enable="NO"
        nuageinit_enable="YES"

        """;

    /// <summary>What the machine is, on its console. The secret is not written as one word, or the script would find itself.</summary>
    private const string Questions = """
            say()
            {
                sed "s/^/STOCK $1: /" > /dev/console
            }
            sysctl -q kern.consmute=0 > /dev/null
            hostname | say host
            ifconfig vtnet0 | grep inet | say wan
            ifconfig gre0 2> /dev/null | say gre
            pfctl -s info 2> /dev/null | grep Status | say pf
            netstat -rn6 | grep 2001:db8:1c::/48 | say aggregate
            grep '^root:' /etc/master.passwd | cut -d : -f 2 | say password
            awk -F: '!/^#/ && $2 !~ /^\*/ { print $1 }' /etc/master.passwd | say open
            grep '^freebsd:' /etc/master.passwd | cut -d : -f 1-2 | say provider
            ls /home/freebsd/.ssh /var/cache/nuageinit | say left
            cat /root/.ssh/authorized_keys | say key
            stat -f '%Sp %Su:%Sg' /etc/ipsec.conf | say ipsec
            grep -rlF "Tau8chie""7Oov5eig" /etc /var /usr/local /root /tmp /media 2> /dev/null | say secret
            echo "STOCK END" > /dev/console
        """;

    /// <summary>With an ssh key of the provider's nuageinit makes freebsd/freebsd, a member of wheel.</summary>
    private const string OfProvider = "ssh_authorized_keys: [\"ssh-ed25519 PROVIDER\"]\n";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-stock-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_stock_image_becomes_the_router_by_nuageinit()
    {
        var document = TestImage.Document("router01");
        using var image = await TestImage.BuildAsync("router01", changeTree: TakeOursAway);
        var seed = Seed(document);
        var first = await RunAsync(image.Path, seed, untilEnd: false);
        var console = await RunAsync(image.Path, seed, untilEnd: true);
        TestContext.Current.TestOutputHelper!.WriteLine(
            string.Join('\n', Lines(console, "STOCK "))
                + "\n"
                + string.Join('\n', Lines(first, "nuage"))
        );
        Assert.Contains("STOCK host: router01.example.net", console, StringComparison.Ordinal);
        Assert.Matches(@"STOCK wan: \s*inet 198\.51\.100\.10 netmask", console);
        Assert.Matches(@"STOCK gre: \s*tunnel inet 198\.51\.100\.10 --> 198\.51\.100\.44", console);
        Assert.Contains("STOCK pf: Status: Enabled", console, StringComparison.Ordinal);
        Assert.Matches("STOCK aggregate: 2001:db8:1c::/48 .*B", console);
        Assert.Contains("STOCK password: *", console, StringComparison.Ordinal);
        Assert.Contains("STOCK key: ssh-ed25519 AAAAC3", console, StringComparison.Ordinal);
        Assert.DoesNotContain("STOCK key: ssh-ed25519 PROVIDER", console, StringComparison.Ordinal);
        Assert.Contains("STOCK provider: freebsd:*", console, StringComparison.Ordinal);
        Assert.Empty(Lines(console, "STOCK open"));
        Assert.DoesNotContain(
            "authorized_keys",
            string.Concat(Lines(console, "STOCK left")),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "files.b64",
            string.Concat(Lines(console, "STOCK left")),
            StringComparison.Ordinal
        );
        Assert.Contains("STOCK ipsec: -rw------- root:wheel", console, StringComparison.Ordinal);
        Assert.Equal(
            ["STOCK secret: /etc/ipsec.conf", "STOCK secret: /usr/local/etc/frr/frr.conf"],
            Lines(console, "STOCK secret").Order(StringComparer.Ordinal)
        );
    }

    private static IEnumerable<string> Lines(string console, string with) =>
        console
            .Split('\n')
            .Where(line => line.Contains(with, StringComparison.Ordinal))
            .Select(line => line.Trim());

    /// <summary>What is left are the release's own files, the loader's settings, and a script that asks questions.</summary>
    private static void TakeOursAway(FileTree tree)
    {
        foreach (var item in tree.Walk().ToList())
        {
            if (item.Node is FileNode { Origin: "overlay" or "site" } && !IsOfLoader(item.Path))
            {
                tree.Remove("/" + item.Path);
            }
        }

        Add(tree, "/etc/rc.conf", Configuration);
        Add(tree, "/firstboot", "");
        RcScript.Add(tree, "test_stock", "LOGIN sshd", "securelevel", Questions);
    }

    private static bool IsOfLoader(string path) => path is "boot/loader.conf" or "etc/fstab";

    private static void Add(FileTree tree, string path, string text) =>
        tree.AddFile(
            path,
            FileContent.FromBytes(Encoding.ASCII.GetBytes(text)),
            NodeMetadata.DefaultFile(0),
            "test"
        );

    private string Seed(SiteDocument document)
    {
        var request = new SeedRequest
        {
            Document = document,
            Secrets = new Dictionary<string, string> { ["ifog-md5"] = "Tau8chie7Oov5eig" },
        };
        var files = SeedFiles
            .Create(request)
            .Where(file => file.Name != "user-data")
            .Append(("user-data", StockCloudConfig.Create(request, []) + OfProvider));
        var path = Path.Combine(folder.FullName, "seed");
        ImageFile.WriteContent(SeedMedium.Iso([.. files], time: 0), path);
        return path;
    }

    /// <summary>One boot: until the questions are answered, or until the machine restarts itself.</summary>
    private static async Task<string> RunAsync(string disk, string seed, bool untilEnd)
    {
        await using var machine = await QemuMachine.StartAsync(
            new MachineDescription
            {
                Name = "stock-test",
                Memory = 1024,
                Cpus = 2,
                Disks =
                [
                    new DiskDescription(disk, "raw"),
                    new DiskDescription(seed, "raw", ReadOnly: true),
                ],
                Cards = [new NetworkCard("52:54:00:12:34:56", new RestrictedNetwork())],
            },
            new ProcessGateway(HostTools.FromEnvironment()),
            TextWriter.Null,
            TimeProvider.System,
            Token
        );
        var console = new StringBuilder();
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(Token);
        timer.CancelAfter(TimeSpan.FromMinutes(25));
        await foreach (var line in machine.Console.Events.ReadAllAsync(timer.Token))
        {
            console.AppendLine(line.Text);
            if (untilEnd && line.Text.Contains(End, StringComparison.Ordinal))
            {
                await machine.CutPowerAsync(Token);
                return console.ToString();
            }
        }

        Assert.False(untilEnd, $"the machine went off:\n{console}");
        Assert.Equal("guest-reset", machine.ShutdownReason);
        return console.ToString();
    }
}
