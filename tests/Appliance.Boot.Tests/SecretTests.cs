using System.Text;
using Appliance.Build.Seeds;
using Appliance.Imaging.Disk;
using Appliance.Imaging.Tree;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Verdicts;

namespace Appliance.Boot.Tests;

/// <summary>
/// Secrets that were handed in are looked for by their bytes on the whole disk of a machine that was booted twice, on its
/// console and in its verdicts.
/// </summary>
public sealed class SecretTests : IDisposable
{
    private const string Password = "Tau8chie7Oov5eig";

    /// <summary>Only its second line is looked for: the first one is that of every key.</summary>
    private const string KeyBody = "QyNTUxOQAAACBnotakeyEzEq1xUu0ZbT7oSXbVdS5cGWmJhvYxkq";

    private const string Hash =
        "$6$hV2mX8pQ$4Yb9xSecretHashThatIsNoPasswordOfAnybodyAtAllButLongEnough0123456789abcdefghijk";

    private static readonly string Key =
        $"-----BEGIN OPENSSH PRIVATE KEY-----\n{KeyBody}\n-----END OPENSSH PRIVATE KEY-----\n";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-secrets-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Secrets_stand_in_the_files_that_need_them_and_nowhere_else()
    {
        var document = WithKey(TestImage.Document("router01"));
        using var image = await TestImage.BuildProfileAsync("edge", [document]);
        AssertFree(new SecretSearch(image.Path));
        var (first, firstConsole) = await SeededGuest.BootAsync(image.Path, [Seed(document)]);
        var (second, secondConsole) = await SeededGuest.BootAsync(image.Path, []);
        Assert.True(first.Ok, first.Error);
        Assert.True(second.Ok, second.Error);
        Assert.Equal(Personalisation.Kept, second.Personalisation);
        Assert.All(
            new[] { Password, KeyBody, Hash },
            secret =>
                Assert.DoesNotContain(
                    secret,
                    firstConsole + secondConsole + VerdictJson.WriteLine(first),
                    StringComparison.Ordinal
                )
        );

        var search = new SecretSearch(image.Path);
        const string Stored = "0600 /var/db/appliance/secrets.json";
        Assert.Equal(
            ["0600 /etc/ipsec.conf", Stored, "0640 /usr/local/etc/frr/frr.conf"],
            search.Find(Password)
        );
        Assert.Equal(["0600 /usr/local/etc/frr/rtr/rtr-key.key", Stored], search.Find(KeyBody));
        // pw(8) was given the hash in a file, which is deleted, and the disk is not wiped: no file has it any more.
        Assert.Equal(
            ["0600 /etc/master.passwd", "0600 /etc/spwd.db"],
            search.Find(Hash).Where(place => place != SecretSearch.Nobodys)
        );
    }

    [Fact]
    public async Task A_secret_that_was_planted_is_found_with_its_file()
    {
        using var image = await TestImage.BuildAsync(
            "router01",
            changeTree: tree =>
                tree.AddFile(
                    "/var/log/planted",
                    FileContent.FromBytes(
                        Encoding.ASCII.GetBytes(new string('x', 40_000) + Password + "\n")
                    ),
                    NodeMetadata.DefaultFile(0),
                    "test"
                )
        );
        var search = new SecretSearch(image.Path);
        Assert.Equal(["0644 /var/log/planted"], search.Find(Password));
        using (var file = File.OpenWrite(image.Path))
        {
            // In the boot code's partition, and where no file is.
            file.Position = (1 << 20) + 200_000;
            file.Write(Encoding.ASCII.GetBytes(KeyBody));
            file.Position = file.Length - (64 << 20);
            file.Write(Encoding.ASCII.GetBytes(KeyBody));
        }

        Assert.Equal([SecretSearch.Nobodys, "outside"], search.Find(KeyBody));
    }

    private static void AssertFree(SecretSearch search) =>
        Assert.All(new[] { Password, KeyBody, Hash }, secret => Assert.Empty(search.Find(secret)));

    private static SiteDocument WithKey(SiteDocument document) =>
        document with
        {
            Bgp = document.Bgp! with
            {
                RpkiCaches =
                [
                    document.Bgp.RpkiCaches[0] with
                    {
                        Ssh = new RpkiSshDocument
                        {
                            User = "router",
                            KeySecret = "rtr-key",
                            HostKey =
                                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP7RoGvVyEPkwEjVNVVUsXIiAGxK+00gvVMPYfhSsmlV",
                        },
                    },
                ],
            },
        };

    private string Seed(SiteDocument document)
    {
        var path = Path.Combine(folder.FullName, "seed");
        var files = SeedFiles.Create(
            new SeedRequest
            {
                Document = document,
                Secrets = new Dictionary<string, string>
                {
                    ["ifog-md5"] = Password,
                    ["rtr-key"] = Key,
                },
                ConsolePassword = Hash,
            }
        );
        ImageFile.WriteContent(SeedMedium.Fat(files, time: 0), path);
        return path;
    }
}
