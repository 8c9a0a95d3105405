using System.Diagnostics;
using System.Text;
using Appliance.Cli.Terminal;
using Appliance.Rendering.Documents;

namespace Appliance.Cli.Tests;

/// <summary>From the network file to a signed seed, with OpenSSH's own ssh-keygen.</summary>
public sealed class SignedSeedTests : IDisposable
{
    private readonly CliRun cli = new();

    public SignedSeedTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a Unix with ssh-keygen");
        Keygen("-q", "-t", "ed25519", "-N", "", "-C", "", "-f", "owner");
        Keygen("-q", "-t", "ed25519", "-N", "", "-C", "", "-f", "other");
        WriteNetwork("");
    }

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task A_document_to_be_signed_has_the_time_as_its_serial()
    {
        var document = await DocumentAsync();
        var now = new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(now.Date, DateTimeOffset.FromUnixTimeSeconds(document.Serial!.Value).Date);
        Assert.StartsWith("2026-02-01T", document.Issued, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_serial_of_the_network_file_makes_the_same_document_as_in_an_image()
    {
        WriteNetwork("serial: 2026120101\n");
        var document = await DocumentAsync();
        Assert.Equal((2026120101, null), (document.Serial, document.Issued));
        Assert.Equal(7, (await DocumentAsync("--serial", "7")).Serial);
    }

    [Theory]
    [InlineData("--serial", "0")]
    [InlineData("--serial", "9007199254740992")]
    [InlineData("--not-after", "tomorrow")]
    [InlineData("--not-after", "2026-01-31T00:00:00Z")]
    public async Task A_serial_or_a_time_out_of_range_is_refused(string option, string value) =>
        Assert.Equal(
            ExitCodes.Usage,
            await cli.RunAsync("document", "router01", "-n", "network.yaml", option, value)
        );

    [Fact]
    public async Task A_seed_carries_the_document_that_was_signed()
    {
        var document = await DocumentAsync("--not-after", "2026-12-31T00:00:00Z");
        Sign("owner");
        Assert.Equal(ExitCodes.Ok, await SeedAsync());
        Assert.Contains(
            $"      \"serial\": {document.Serial},\n",
            cli.Out,
            StringComparison.Ordinal
        );
        Assert.Contains("    -----BEGIN SSH SIGNATURE-----\n", cli.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("not signed", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_key_another_purpose_and_what_is_no_signature_are_refused()
    {
        await DocumentAsync();
        Sign("other");
        Assert.Equal(ExitCodes.DataError, await SeedAsync());
        Assert.Contains("is not among signing_keys", cli.Error, StringComparison.Ordinal);
        Sign("owner", "file");
        Assert.Equal(ExitCodes.DataError, await SeedAsync());
        Assert.Contains("-n appliance-site", cli.Error, StringComparison.Ordinal);
        cli.Write("router01.json.sig", "no signature\n");
        Assert.Equal(ExitCodes.DataError, await SeedAsync());
    }

    [Fact]
    public async Task A_document_that_was_changed_or_is_another_site_s_is_refused()
    {
        await DocumentAsync();
        Sign("owner");
        var path = Path.Combine(cli.Folder, "router01.json");
        var text = File.ReadAllText(path);
        File.WriteAllText(path, text.Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.Equal(ExitCodes.DataError, await SeedAsync());
        Assert.Contains("was changed since", cli.Error, StringComparison.Ordinal);
        File.WriteAllText(path, "{");
        Assert.Equal(ExitCodes.DataError, await SeedAsync());
        await cli.RunAsync("document", "vps01", "-n", "network.yaml");
        File.WriteAllText(path, cli.Out);
        Assert.Equal(ExitCodes.DataError, await SeedAsync());
        Assert.Contains(
            "of site vps01 of example, not of router01",
            cli.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_seed_that_machines_would_ignore_is_reported()
    {
        Assert.Equal(
            ExitCodes.Ok,
            await cli.RunAsync("seed", "router01", "-n", "network.yaml", "--cloud")
        );
        Assert.Contains("this seed's document is not signed", cli.Error, StringComparison.Ordinal);
        await DocumentAsync();
        Sign("owner");
        Assert.Equal(
            ExitCodes.Usage,
            await cli.RunAsync(
                "seed",
                "router01",
                "-n",
                "network.yaml",
                "--cloud",
                "--signature",
                "router01.json.sig"
            )
        );
        Assert.Contains("--signature needs --document FILE", cli.Error, StringComparison.Ordinal);
    }

    private async Task<SiteDocument> DocumentAsync(params string[] options)
    {
        Assert.Equal(
            ExitCodes.Ok,
            await cli.RunAsync(["document", "router01", "-n", "network.yaml", .. options])
        );
        cli.Write("router01.json", cli.Out);
        return SiteDocumentJson.Read(Encoding.UTF8.GetBytes(cli.Out));
    }

    private Task<int> SeedAsync() =>
        cli.RunAsync(
            "seed",
            "router01",
            "-n",
            "network.yaml",
            "--cloud",
            "--document",
            "router01.json",
            "--signature",
            "router01.json.sig"
        );

    private void Sign(string key, string purpose = DocumentSigning.Namespace)
    {
        File.Delete(Path.Combine(cli.Folder, "router01.json.sig"));
        Keygen("-q", "-Y", "sign", "-n", purpose, "-f", key, "router01.json");
    }

    private void WriteNetwork(string serial)
    {
        var words = File.ReadAllText(Path.Combine(cli.Folder, "owner.pub")).Split(' ');
        cli.Write(
            "network.yaml",
            CliRun
                .ExampleNetwork.Replace(
                    "admin:\n",
                    $"admin:\n  signing_keys: [\"{words[0]} {words[1].Trim()}\"]\n",
                    StringComparison.Ordinal
                )
                .Replace("asn: 64500\n", $"asn: 64500\n{serial}", StringComparison.Ordinal)
        );
    }

    private void Keygen(params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("ssh-keygen", arguments) { WorkingDirectory = cli.Folder }
        )!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
