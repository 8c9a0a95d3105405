using System.Diagnostics;
using Appliance.Lab.Guests;
using Appliance.Tests.Support;

namespace Appliance.Lab.Tests.Guests;

/// <summary>The vtysh that frr-reload.py runs, with this computer's sh(1) for the machine and echo(1)'s like for its vtysh.</summary>
public sealed class GuestReloadTests : IDisposable
{
    /// <summary>Says how it was called and what stood in the file, and ends as its first word asks.</summary>
    private const string Vtysh = """
        #!/bin/sh
        for word; do
            printf '<%s>' "$word"
            [ ! -f "$word" ] || { echo; cat "$word"; }
        done
        [ "$2" != "fail" ] || exit 7

        """;

    private readonly string folder = Directory.CreateTempSubdirectory("carrier").FullName;

    private string GuestFile => Path.Combine(folder, "guest.conf");

    [Theory]
    [InlineData("configure")]
    [InlineData("no bgp as-path access-list x seq 5 deny _(6449[6-9]|645[0-9][0-9])_")]
    [InlineData("neighbor 2001:db8::1 shutdown message it's \"over\"; $(reboot) `reboot` \\ *")]
    [InlineData("")]
    public async Task Commands_reach_the_machine_word_by_word(string command)
    {
        var (code, said) = await CallAsync(["--config_dir", "/here", "-c", command, "-c", "no x"]);
        Assert.Equal(0, code);
        Assert.Equal($"<-c><{command}><-c><no x>", said);
    }

    [Fact]
    public async Task A_file_is_brought_read_and_not_left()
    {
        var path = Path.Combine(folder, "mine.conf");
        await File.WriteAllTextAsync(path, "route-map a\n", Need.Token);
        var (code, said) = await CallAsync(["--config_dir", "/here", "-m", "-f", path]);
        Assert.Equal(0, code);
        Assert.Equal($"<-m><-f><{GuestFile}>\nroute-map a\n", said);
        Assert.False(File.Exists(GuestFile));
    }

    [Fact]
    public async Task What_stands_on_standard_input_is_brought_too()
    {
        var (code, said) = await CallAsync(["-m", "-f", "-"], "router bgp 1\n");
        Assert.Equal(0, code);
        Assert.Equal($"<-m><-f><{GuestFile}>\nrouter bgp 1\n", said);
    }

    [Fact]
    public async Task A_refusal_of_the_machine_is_one_here()
    {
        Assert.Equal(7, (await CallAsync(["-c", "fail"])).Code);
        var path = Path.Combine(folder, "missing.conf");
        Assert.NotEqual(0, (await CallAsync(["-f", path])).Code);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<(int Code, string Said)> CallAsync(string[] words, string input = "")
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "labs are Linux's");
        var vtysh = Path.Combine(folder, "guest-vtysh");
        await File.WriteAllTextAsync(vtysh, Vtysh.ReplaceLineEndings("\n"), Need.Token);
        var carrier = Path.Combine(folder, "vtysh");
        await File.WriteAllTextAsync(
            carrier,
            GuestReload.Carrier("/bin/sh -c", $"/bin/sh {vtysh}", GuestFile),
            Need.Token
        );
        using var process = Process.Start(
            new ProcessStartInfo("/bin/sh", [carrier, .. words])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var said = await process.StandardOutput.ReadToEndAsync(Need.Token);
        await process.WaitForExitAsync(Need.Token);
        return (process.ExitCode, said);
    }
}
