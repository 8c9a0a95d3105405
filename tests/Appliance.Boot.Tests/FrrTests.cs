using System.Text;
using Appliance.Imaging.Tree;
using Appliance.Verify.Qemu;

namespace Appliance.Boot.Tests;

/// <summary>The example edge with FRR from packages: its daemons, its configuration, and pkg's view of it all.</summary>
public sealed class FrrTests : VerdictTests
{
    /// <summary>Starts after FRR and before the verdict, and says on the console what programs of the packages say.</summary>
    private const string Questions = """
        #!/bin/sh
        # PROVIDE: test_questions
        # REQUIRE: LOGIN frr
        # BEFORE: appliance_verdict
        . /etc/rc.subr
        name=test_questions
        start_cmd=ask
        stop_cmd=:
        question()
        {
            local answer code
            answer=$("$@" 2>&1)
            code=$?
            echo "$answer" | sed "s/^/ANSWER $1 $2: /" > /dev/console
            echo "ENDED $1 $2: $code" > /dev/console
        }
        ask()
        {
            PATH="$PATH:/usr/local/bin:/usr/local/sbin"
            sysctl -q kern.consmute=0
            for try in 1 2 3 4 5 6 7 8 9 10 11 12; do
                vtysh -c 'show running-config' 2> /dev/null | grep -q '^router bgp' && break
                sleep 5
            done
            question vtysh -C
            question vtysh -c 'show version'
            question vtysh -c 'show running-config'
            question pkg info -a
            question pkg check -q -s -a
            question pkg which -q /usr/local/sbin/bgpd
        }
        run_rc_command "$1"

        """;

    [Fact]
    public async Task It_runs_as_specified_and_pkg_finds_every_file_right()
    {
        using var image = await TestImage.BuildAsync(
            "router01",
            changeTree: tree =>
                tree.AddFile(
                    "/usr/local/etc/rc.d/test_questions",
                    FileContent.FromBytes(
                        Encoding.ASCII.GetBytes(
                            Questions.Replace("\r\n", "\n", StringComparison.Ordinal)
                        )
                    ),
                    new NodeMetadata(0, 0, 0b101_101_101, 0),
                    "test"
                ),
            packages: true
        );

        var result = await VerifyAsync(image, FirmwareKind.Bios, boots: 1);

        // The verdict has every daemon of FRR among its checks.
        Assert.True(result.Passed, Text(result));
        var console = await File.ReadAllTextAsync(
            Assert.Single(Directory.GetFiles(image.LogFolder, "*.console.log")),
            TestContext.Current.CancellationToken
        );
        Assert.Matches(@"ANSWER vtysh -c: FRRouting [0-9.]+ \(router01", console);
        Assert.Contains("ANSWER vtysh -c: router bgp 64500", console, StringComparison.Ordinal);
        Assert.Contains("ENDED vtysh -C: 0", console, StringComparison.Ordinal);
        Assert.Matches("ANSWER pkg info: frr10-[0-9]", console);
        Assert.Contains("ENDED pkg check: 0", console, StringComparison.Ordinal);
        Assert.Matches("ANSWER pkg which: frr10-[0-9]", console);
        Assert.DoesNotMatch("% (Unknown|Ambiguous|Invalid|Configuration failed)", console);
    }
}
