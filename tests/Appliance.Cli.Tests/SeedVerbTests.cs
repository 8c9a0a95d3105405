using System.Diagnostics;
using Appliance.Cli.Terminal;
using Appliance.Rendering.Documents;

namespace Appliance.Cli.Tests;

public sealed class SeedVerbTests : IDisposable
{
    private readonly CliRun cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task The_document_is_what_first_boot_reads()
    {
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("document", "router01"));
        var document = SiteDocumentJson.Read(System.Text.Encoding.UTF8.GetBytes(cli.Out));
        Assert.Equal("router01", document.Site);
        Assert.Equal(
            cli.Out,
            System.Text.Encoding.UTF8.GetString(SiteDocumentJson.Write(document))
        );
    }

    [Fact]
    public async Task Media_of_both_kinds_are_written_closed()
    {
        cli.Write("secrets.env", "# secrets\nifog-md5=hunter2hunter2\nunused=x\n");
        Assert.Equal(
            ExitCodes.Ok,
            await cli.RunAsync("seed", "router01", "--secrets", "secrets.env")
        );
        Assert.Equal("", cli.Error);
        Assert.DoesNotContain("hunter2", cli.Out, StringComparison.Ordinal);
        foreach (var name in new[] { "router01.seed.img", "router01.seed.iso" })
        {
            var path = Path.Combine(cli.Folder, "out", name);
            var text = File.ReadAllText(path);
            Assert.Contains("\"ifog-md5\": \"hunter2hunter2\"", text, StringComparison.Ordinal);
            Assert.DoesNotContain("unused", text, StringComparison.Ordinal);
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(
                    UnixFileMode.UserRead | UnixFileMode.UserWrite,
                    File.GetUnixFileMode(path)
                );
            }
        }
    }

    [Fact]
    public async Task A_secret_that_is_missing_is_named()
    {
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("seed", "router01", "--cloud"));
        Assert.StartsWith("#cloud-config\n", cli.Out, StringComparison.Ordinal);
        Assert.Contains("there is no secret 'ifog-md5'", cli.Error, StringComparison.Ordinal);
        Assert.Contains("It holds no secrets.", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_is_none_is_told_by_its_number_only()
    {
        cli.Write("secrets.env", "ifog-md5=x\nhunter2hunter2\n");
        Assert.Equal(
            ExitCodes.NoInput,
            await cli.RunAsync("seed", "router01", "--secrets", "secrets.env")
        );
        Assert.Contains("secrets.env:2", cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_is_an_ssh_key_is_named_by_its_file()
    {
        cli.Write(
            "network.yaml",
            CliRun.ExampleNetwork.Replace(
                "{host: 192.0.2.53, port: 3323}",
                "{host: 192.0.2.53, ssh: {user: router, key: {secret: rtr-key}, host_key: ssh-ed25519 "
                    + "AAAAC3NzaC1lZDI1NTE5AAAAIP7RoGvVyEPkwEjVNVVUsXIiAGxK+00gvVMPYfhSsmlV}}",
                StringComparison.Ordinal
            )
        );
        cli.Write("id", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n");
        cli.Write("secrets.env", "ifog-md5=x\nrtr-key=id\n");
        string[] arguments =
        [
            "seed",
            "router01",
            "--network",
            "network.yaml",
            "--cloud",
            "--secrets",
            "secrets.env",
        ];
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync(arguments));
        Assert.Contains(
            "    \"rtr-key\": \"-----BEGIN OPENSSH PRIVATE KEY-----\\nAAAA\\n\"\n",
            cli.Out,
            StringComparison.Ordinal
        );
        cli.Write("secrets.env", "rtr-key=hunter2hunter2\n");
        Assert.Equal(ExitCodes.NoInput, await cli.RunAsync(arguments));
        Assert.Contains("rtr-key", cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stock_image_gets_the_rendered_files()
    {
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("seed", "router01", "--stock", "--cloud"));
        Assert.Contains("  - path: /etc/pf.conf\n", cli.Out, StringComparison.Ordinal);
        Assert.Contains(
            "      hostname=\"router01.example.net\"\n",
            cli.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_foreign_reader_finds_the_files_of_a_FAT_seed()
    {
        Assert.Equal(
            ExitCodes.Ok,
            await cli.RunAsync("seed", "vps01", "--format", "fat", "--instance-id", "i-1")
        );
        var image = Path.Combine(cli.Folder, "out", "vps01.seed.img");
        Assert.SkipUnless(File.Exists("/usr/bin/mtype"), "needs mtools");
        using var process = Process.Start(
            new ProcessStartInfo("/usr/bin/mtype", ["-i", image, "::/meta-data"])
            {
                RedirectStandardOutput = true,
            }
        )!;
        Assert.Equal(
            "instance-id: \"i-1\"\nlocal-hostname: \"vps01.example.net\"\n",
            (
                await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)
            ).ReplaceLineEndings("\n")
        );
        Assert.False(File.Exists(Path.Combine(cli.Folder, "out", "vps01.seed.iso")));
    }
}
