using System.Diagnostics;
using System.Text.Json;
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
        cli.WriteSecret("secrets.env", "# secrets\nifog-md5=hunter2hunter2\nunused=x\n");
        Assert.Equal(
            ExitCodes.Ok,
            await cli.RunAsync("seed", "router01", "--secrets", "secrets.env")
        );
        Assert.Equal(
            "warning: secrets.env:3: no site uses a secret 'unused'; known here: ifog-md5\n",
            cli.Error
        );
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
        cli.WriteSecret("secrets.env", "ifog-md5=x\nhunter2hunter2\n");
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
        cli.Write(
            "id",
            "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n"
        );
        cli.WriteSecret("secrets.env", "ifog-md5=x\nrtr-key=id\n");
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
            "    \"rtr-key\": \"-----BEGIN OPENSSH PRIVATE KEY-----\\nAAAA\\n-----END OPENSSH PRIVATE KEY-----\\n\"\n",
            cli.Out,
            StringComparison.Ordinal
        );
        cli.WriteSecret("secrets.env", "rtr-key=hunter2hunter2\n");
        Assert.Equal(ExitCodes.NoInput, await cli.RunAsync(arguments));
        Assert.Contains("rtr-key", cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stock_image_gets_the_rendered_files_in_what_every_provider_takes()
    {
        Assert.Equal(
            ExitCodes.Ok,
            await cli.RunAsync("seed", "router01", "--stock", "--cloud", "--provider", "ec2")
        );
        Assert.Contains("  - path: /etc/ssh/sshd_config\n", cli.Out, StringComparison.Ordinal);
        Assert.Contains(
            "b64decode -r /var/cache/nuageinit/files.b64 | tar -xzpf - -C /",
            cli.Out,
            StringComparison.Ordinal
        );
        Assert.InRange(cli.Out.Length, 1, 16384);
    }

    [Fact]
    public async Task User_data_that_a_provider_does_not_take_is_refused_with_its_limit()
    {
        var sites = string.Concat(
            Enumerable
                .Range(1, 500)
                .Select(i =>
                    $"      x{i}: {{asn: {64600 + i}, over: wan, neighbor: \"2001:db8:100::{i + 4096:x}\"}}\n"
                )
        );
        cli.Write(
            "network.yaml",
            CliRun.ExampleNetwork.Replace(
                "    upstreams:\n",
                "    upstreams:\n" + sites,
                StringComparison.Ordinal
            )
        );
        string[] arguments = ["seed", "router01", "-n", "network.yaml", "--cloud"];
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync(arguments));
        Assert.Contains("hetzner (32,768)", cli.Error, StringComparison.Ordinal);
        Assert.Equal(
            ExitCodes.DataError,
            await cli.RunAsync([.. arguments, "--provider", "hetzner"])
        );
        Assert.Equal("", cli.Out);
        Assert.Contains(
            "hetzner takes 32,768 (https://docs.hetzner.cloud/",
            cli.Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("two words", "a blank")]
    [InlineData("tab\tinside", "a control character")]
    [InlineData("caf\u00e9", "not ASCII")]
    [InlineData("81", "81 characters")]
    public async Task A_secret_that_first_boot_would_refuse_is_refused_without_its_value(
        string value,
        string reason
    )
    {
        value = value == "81" ? new string('x', 81) : value;
        cli.WriteSecret("secrets.env", $"# one\nifog-md5={value}\n");
        Assert.Equal(
            ExitCodes.DataError,
            await cli.RunAsync("seed", "router01", "--cloud", "--secrets", "secrets.env")
        );
        Assert.Equal("", cli.Out);
        Assert.Contains("'ifog-md5' (secrets.env:2)", cli.Error, StringComparison.Ordinal);
        Assert.Contains(reason, cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(value, cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a#b")]
    [InlineData("!x")]
    [InlineData("qu\"ote")]
    [InlineData("it's\\")]
    public async Task A_secret_that_can_be_quoted_is_accepted(string value)
    {
        cli.WriteSecret("secrets.env", $"ifog-md5={value}\n");
        Assert.Equal(
            ExitCodes.Ok,
            await cli.RunAsync("seed", "router01", "--cloud", "--secrets", "secrets.env")
        );
        const string Name = "    \"ifog-md5\": ";
        var line = cli
            .Out.Split('\n')
            .Single(line => line.StartsWith(Name, StringComparison.Ordinal));
        Assert.Equal(value, JsonSerializer.Deserialize<string>(line[Name.Length..]));
    }

    [Theory]
    [InlineData(
        "ifog-md4=hunter2\n",
        "secrets.env:1: no site uses a secret 'ifog-md4'; did you mean ifog-md5?"
    )]
    [InlineData("ifog-md5=\n", "secrets.env:1: there is no value behind the '='")]
    [InlineData("aHVudGVyMg==\n", "secrets.env:1: there is no value")]
    [InlineData("ifog-md5=hunter2\r\n", "line ends of Windows")]
    [InlineData("\ufeffifog-md5=hunter2\n", "byte order mark")]
    [InlineData("ifog-md5= hunter2 \n", "secrets.env:1: blanks around the value")]
    [InlineData(
        "ifog-md5='hunter2'\n",
        "secrets.env:1: the quotes around the value are part of it"
    )]
    public async Task What_is_unused_or_reads_otherwise_than_it_looks_is_reported(
        string text,
        string warning
    )
    {
        cli.WriteSecret("secrets.env", text);
        Assert.Equal(
            ExitCodes.Ok,
            await cli.RunAsync("seed", "router01", "--cloud", "--secrets", "secrets.env")
        );
        Assert.Contains(warning, cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("aHVudGVyMg", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_there_twice_is_refused()
    {
        cli.WriteSecret("secrets.env", "ifog-md5=hunter2\n\nifog-md5=hunter3\n");
        Assert.Equal(
            ExitCodes.DataError,
            await cli.RunAsync("seed", "router01", "--cloud", "--secrets", "secrets.env")
        );
        Assert.Contains(
            "secrets.env:3: the secret 'ifog-md5' is in line 1 already",
            cli.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_file_of_secrets_that_others_can_read_is_reported()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs mode bits");
        var path = cli.WriteSecret("secrets.env", "ifog-md5=hunter2\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)0b110_100_100);
        }

        await cli.RunAsync("seed", "router01", "--cloud", "--secrets", "secrets.env");
        Assert.Contains(
            "is open to other users (mode 0644): chmod 600 secrets.env",
            cli.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_password_that_is_no_hash_is_refused_and_not_repeated()
    {
        cli.WriteSecret("password", "hunter2\n");
        Assert.Equal(
            ExitCodes.DataError,
            await cli.RunAsync("seed", "router01", "--console-password", "password")
        );
        Assert.Contains("no hash of crypt(3)", cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", cli.Error, StringComparison.Ordinal);
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
