using System.Text;
using Appliance.Imaging.Tree;
using Appliance.Rendering.Verdicts;

namespace Appliance.Boot.Tests;

/// <summary>
/// The example edge with FRR from packages, booted once for all that is asked about it, with its neighbors where this
/// machine can have them.
/// </summary>
public sealed class PackagedEdge
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
            echo "$answer" | sed "s|^|ANSWER $*: |" > /dev/console
            echo "ENDED $*: $code" > /dev/console
        }
        until_true()
        {
            for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24; do
                eval "$1" > /dev/null 2>&1 && break
                sleep 5
            done
        }
        ask()
        {
            PATH="$PATH:/usr/local/bin:/usr/local/sbin"
            sysctl -q kern.consmute=0
            until_true "vtysh -c 'show running-config' | grep -q '^router bgp'"
            question vtysh -C
            question vtysh -c 'show version'
            question vtysh -c 'show running-config'
            question pkg info -a
            question pkg check -q -s -a
            question pkg which -q /usr/local/sbin/bgpd
            question ntpq -n -c 'rv 0 version' 127.0.0.1
            [ -n "@FAR_HOST@" ] || return
            until_true "route -6 -n get @FAR_HOST@ | grep -q 'interface: gre0'"
            question vtysh -c 'show bgp ipv6 unicast summary'
            question vtysh -c 'show bgp ipv6 unicast'
            question vtysh -c 'show ipv6 route bgp'
            question netstat -rnW -f inet6
            question ping -6 -n -c 3 -S 2001:db8:1c::1 @FAR_HOST@
        }
        run_rc_command "$1"

        """;

    private readonly Lock start = new();
    private Task<Seen>? boot;

    /// <summary>What one boot showed.</summary>
    /// <param name="Neighbor">birdc's answers to questions, while the machine ran; null where there were no neighbors.</param>
    internal sealed record Seen(Verdict Verdict, string Console, NeighborView? Neighbor);

    /// <summary>What BIRD had of the edge.</summary>
    /// <param name="Outside">What the edge said to others on its network.</param>
    internal sealed record NeighborView(string Protocols, string Routes, OutsideView Outside);

    /// <summary>Boots at the first call; skips the test by name where this machine cannot.</summary>
    internal Task<Seen> BootAsync()
    {
        lock (start)
        {
            return boot ??= BootOnceAsync();
        }
    }

    private static async Task<Seen> BootOnceAsync()
    {
        var token = TestContext.Current.CancellationToken;
        var hasNeighbors = BgpNeighbors.WhyNot() is null;
        using var image = await TestImage.BuildAsync(
            "router01",
            changeTree: tree =>
                tree.AddFile(
                    "/usr/local/etc/rc.d/test_questions",
                    FileContent.FromBytes(
                        Encoding.ASCII.GetBytes(
                            Questions
                                .Replace("\r\n", "\n", StringComparison.Ordinal)
                                .Replace(
                                    "@FAR_HOST@",
                                    hasNeighbors ? BgpNeighbors.FarHost.ToString() : "",
                                    StringComparison.Ordinal
                                )
                        )
                    ),
                    new NodeMetadata(0, 0, 0b101_101_101, 0),
                    "test"
                ),
            packages: true
        );
        if (!hasNeighbors)
        {
            var (alone, text) = await SeededGuest.BootAsync(image.Path, []);
            return new Seen(alone, text, null);
        }

        await using var neighbors = await BgpNeighbors.StartAsync(token);
        NeighborView? view = null;
        var (verdict, console) = await SeededGuest.BootAsync(
            image.Path,
            [Secrets(image)],
            plug: new SeededGuest.Plug(
                neighbors.Processes,
                BgpNeighbors.Backend,
                async () =>
                    view = new NeighborView(
                        await neighbors.AskAsync("show protocols all", token),
                        await neighbors.AskAsync("show route all", token),
                        await neighbors.LookAsync(token)
                    )
            )
        );
        return new Seen(verdict, console, view);
    }

    /// <summary>A disk with the one secret of the site, as a provider's console would attach it.</summary>
    private static string Secrets(TestImage image)
    {
        var path = Path.Combine(Path.GetDirectoryName(image.Path)!, "secrets");
        var content = new byte[1 << 20];
        Encoding.UTF8.GetBytes(
            $"#cloud-config\nappliance: {{secrets: {{ifog-md5: {BgpNeighbors.Password}}}}}\n",
            content
        );
        File.WriteAllBytes(path, content);
        return path;
    }
}
