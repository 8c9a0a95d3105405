using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Appliance.Build.Seeds;
using Appliance.Imaging.Disk;

namespace Appliance.Boot.Tests;

/// <summary>
/// One image of a profile with seeds in which something is wrong: on a running FreeBSD each is a minimal machine with a
/// locked root, reached by ssh with the key that is good.
/// </summary>
public sealed class BadSeedTests : IDisposable
{
    private const string Address = "198.51.100.10";

    /// <summary>The seed of a machine that is right, but for what the case replaces.</summary>
    private const string MetaData = "instance-id: i-1\nlocal-hostname: edge1.example.net\n";
    private const string UserData =
        "#cloud-config\nssh_authorized_keys: ['KEY']\nappliance: {ssh_from: [198.51.100.0/24]}\n";
    private const string Card =
        "version: 2\nethernets:\n  vtnet0:\n    addresses: [198.51.100.10/24]\n    gateway4: 198.51.100.2\n";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory(
        "appliance-bad-seeds-"
    );

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>Meta-data, user-data, network-config, and what the record says of the bad value; null: the error says it.</summary>
    private static readonly (string Meta, string User, string Network, string? Ignored)[] Cases =
    [
        (
            MetaData.Replace("edge1.example.net", "'my server'", StringComparison.Ordinal),
            UserData,
            Card,
            "not a host name"
        ),
        (
            MetaData,
            UserData.Replace(
                "#cloud-config",
                "#cloud-config\nhostname: my_router",
                StringComparison.Ordinal
            ),
            Card,
            "not a host name"
        ),
        (
            MetaData,
            UserData.Replace(
                "'KEY'",
                "'ssh-dss AAAAB3NzaC1kc3MAAACBAPnvyEPkwEjVNVVUsXIiAGxK old', 'KEY'",
                StringComparison.Ordinal
            ),
            Card,
            "DSA"
        ),
        (
            MetaData,
            UserData.Replace(
                "[198.51.100.0/24]",
                "[198.51.100.7/24, 198.51.100.0/24]",
                StringComparison.Ordinal
            ),
            Card,
            "host bits"
        ),
        (
            MetaData,
            UserData.Replace(
                "[198.51.100.0/24]",
                "[192.0.2.1, 198.51.100.0/24]",
                StringComparison.Ordinal
            ),
            Card,
            "no prefix length"
        ),
        (MetaData, UserData, Card + "    gateway6: 192.0.2.1\n", "not an IPv6 address"),
        (MetaData, UserData, Card + "    mtu: 65535\n", "the MTU 65535 is not set"),
        (MetaData, UserData, Card + "    mtu: 576\n", "not an MTU"),
        (MetaData + "public-keys: [\n", UserData, Card, null),
        (
            MetaData,
            UserData,
            Card.Replace("vtnet0", "ens3", StringComparison.Ordinal) + "    dhcp6: true\n",
            "dhcp6"
        ),
    ];

    [Fact]
    public async Task Ten_bad_seeds_are_ten_machines_with_a_way_in()
    {
        using var image = await TestImage.BuildProfileAsync(
            "edge",
            [TestImage.Document("router01")]
        );
        var key = MakeKey();
        foreach (var (meta, user, network, ignored) in Cases)
        {
            var disk = At(Guid.NewGuid().ToString("N"));
            File.Copy(image.Path, disk);
            await BootAsync(disk, Seed(key, meta, user, network), ignored);
            File.Delete(disk);
        }
    }

    private async Task BootAsync(string disk, string seed, string? ignored)
    {
        var port = FreePort();
        var reached = "";
        var (verdict, console) = await SeededGuest.BootAsync(
            disk,
            [seed],
            network: string.Create(
                CultureInfo.InvariantCulture,
                $"user,id=seed,net=198.51.100.0/24,hostfwd=tcp:127.0.0.1:{port}-{Address}:22"
            ),
            whileItRuns: async () => reached = await AskAsync(port)
        );
        Assert.True(verdict.Minimal, console);
        Assert.Contains("root:*:", reached, StringComparison.Ordinal);
        Assert.Contains(Address, reached, StringComparison.Ordinal);
        Assert.Contains("single-user mode", console, StringComparison.Ordinal);
        if (ignored is null)
        {
            Assert.Contains("meta-data: line", verdict.Error, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains(
                verdict.Sources.SelectMany(source => source.Ignored),
                text => text.Contains(ignored, StringComparison.Ordinal)
            );
        }
    }

    /// <summary>What the machine says over ssh of its root account and of its card.</summary>
    private async Task<string> AskAsync(int port)
    {
        using var process = Process.Start(
            new ProcessStartInfo(
                "ssh",
                [
                    "-i",
                    At("key"),
                    "-p",
                    port.ToString(CultureInfo.InvariantCulture),
                    "-o",
                    "BatchMode=yes",
                    "-o",
                    "StrictHostKeyChecking=no",
                    "-o",
                    "UserKnownHostsFile=/dev/null",
                    "-o",
                    "ConnectTimeout=60",
                    "root@127.0.0.1",
                    "grep ^root: /etc/master.passwd; ifconfig vtnet0",
                ]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;
        var output = await process.StandardOutput.ReadToEndAsync(
            TestContext.Current.CancellationToken
        );
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    /// <returns>The public key; the private one is the file "key".</returns>
    private string MakeKey()
    {
        using var process = Process.Start(
            "ssh-keygen",
            ["-q", "-t", "ed25519", "-N", "", "-C", "owner", "-f", At("key")]
        );
        process.WaitForExit();
        return File.ReadAllText(At("key.pub")).Trim();
    }

    private string Seed(string key, string meta, string user, string network)
    {
        var path = At(Guid.NewGuid().ToString("N"));
        ImageFile.WriteContent(
            SeedMedium.Fat(
                [
                    ("meta-data", meta.Replace("KEY", key, StringComparison.Ordinal)),
                    ("user-data", user.Replace("KEY", key, StringComparison.Ordinal)),
                    ("network-config", network),
                ],
                time: 0
            ),
            path
        );
        return path;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string At(string name) => Path.Combine(folder.FullName, name);
}
