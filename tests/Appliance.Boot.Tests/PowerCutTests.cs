using System.Globalization;
using System.Text.RegularExpressions;
using Appliance.Build.Seeds;
using Appliance.Imaging.Disk;
using Appliance.Imaging.Tree;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Verdicts;
using Appliance.Verify.Processes;
using Appliance.Verify.Qemu;

namespace Appliance.Boot.Tests;

/// <summary>
/// The power fails at random moments of the service's run on a real FreeBSD: of a first boot, and of a run that makes a
/// router another one. The machine is the old one or the new one afterwards, and its owner gets in; with its seed it
/// is the new one, which every fifth is started with. How many moments: the environment variable APPLIANCE_POWER_CUTS; three unless it is set.
/// </summary>
public sealed class PowerCutTests : IDisposable
{
    private const string CountVariable = "APPLIANCE_POWER_CUTS";
    private const int Few = 3;

    private const string PathsFile = "/usr/local/share/test-paths";

    /// <summary>Where the service writes.</summary>
    private const string Places = "/boot/loader.conf* /etc /root /usr/local/etc /var/db /var/cron";

    /// <summary>What stands on the disk, before anybody has put anything right.</summary>
    private const string Before = $$"""
            sysctl -q kern.consmute=0 > /dev/null
            s=$(sed -n 's/.*"site": "\(.*\)".*/\1/p' /var/db/appliance/state.json 2> /dev/null)
            j=$(grep -c . /var/db/appliance/journal.json 2> /dev/null)
            n=$(find {{Places}} -name '*.appliance-new*' | wc -l)
            o=$(find {{Places}} -name '*.appliance-old' | wc -l)
            echo "FOUND state of ${s:-nobody}, journal of ${j:-no} lines," $n new, $o old > /dev/console
            echo {{PowerCutGuest.First}} > /dev/console
            sleep 2
        """;

    private const string After = $"""
            echo {PowerCutGuest.End} > /dev/console
        """;

    /// <summary>What the machine is, the owner's way in, and what an interrupted run may have left.</summary>
    private const string Report = $$"""
            while read -r path; do
                [ -e "$path" ] && echo "FILE $(sha256 -q "$path") $path"
            done < {{PathsFile}} > /dev/console
            keys=$(grep -c ops@example.net /root/.ssh/authorized_keys)
            ssh=$(sockstat -l -p 22 | grep -c sshd)
            rules=$(pfctl -s rules 2> /dev/null | grep -c 'port = ssh')
            left=$(find {{Places}} \( -name '*.appliance-new*' -o -name '*.appliance-old' \) | grep -c .)
            ls /etc | grep -E '^(s?pwd\.db\.tmp|pw\.[A-Za-z0-9]{6}(\.orig)?)$' && left=passwords
            [ -e /var/db/appliance/journal.json ] && left=journal
            echo "WAY-IN keys=${keys:-0} sshd=$((ssh > 0)) pf=$((rules > 0)) left=$left" > /dev/console
        """;

    /// <summary>What a person does who has changed the seed of a router that runs.</summary>
    private const string Again = $"""
            echo {PowerCutGuest.Again} > /dev/console
            sleep 2
            /usr/local/sbin/appliance-firstboot rerun > /dev/console 2>&1
            echo {PowerCutGuest.End} > /dev/console
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-power-");
    private readonly Random random = new(20260215);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static int Cuts =>
        int.TryParse(
            Environment.GetEnvironmentVariable(CountVariable),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var count
        )
            ? count
            : Few;

    /// <summary>Another site: other names in many files, and of another role, so that some files go.</summary>
    internal static SiteDocument Moved(SiteDocument router) =>
        router with
        {
            Site = "moved01",
            Hostname = "moved01.example.net",
            Role = SiteRole.Downstream,
            Bgp = null,
            Preflight = null,
            Loopback = [],
            Tunnels = [],
            Routes = [],
            System = router.System with { Frr = false },
        };

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_power_failure_leaves_the_old_machine_or_the_new_one_and_a_way_in()
    {
        var router = TestImage.Document("router01");
        var moved = Moved(router);
        IReadOnlyDictionary<string, string> files = new Dictionary<string, string>();
        using var image = await TestImage.BuildProfileAsync(
            "edge",
            [router],
            tree =>
            {
                files = MachineState.InImage(tree, [router, moved]);
                AddScripts(tree, MachineState.PathsOf([router, moved]));
            }
        );
        var states = (
            Nobody: MachineState.Unconfigured(router.Admin, files),
            Router: MachineState.Of(router, files),
            Moved: MachineState.Of(moved, files)
        );
        var guest = new PowerCutGuest(await OverlayAsync(image.Path));
        var (first, second) = (Seed("first", router), Seed("second", moved));
        await guest.KeepFirstAsync(first);
        var writes = await guest.KeepAgainAsync(first);
        for (var cut = 0; cut < Cuts; cut++)
        {
            var isFirst = cut % 2 == 0;
            await CutAsync(
                guest,
                isFirst ? PowerCutGuest.First : PowerCutGuest.Again,
                isFirst ? first : second,
                cut == 0 ? null : random.Next(writes + 1),
                isFirst ? [states.Nobody, states.Router] : [states.Router, states.Moved],
                isBootedWithSeed: cut % 5 == 1
            );
        }
    }

    /// <summary>Switches off, boots without the seed, and perhaps once more with it.</summary>
    /// <param name="guest">The machine.</param>
    /// <param name="snapshot">Where it starts.</param>
    /// <param name="seed">What it becomes.</param>
    /// <param name="writes">When it is switched off; null: right after the service.</param>
    /// <param name="states">The old machine and the new one.</param>
    /// <param name="isBootedWithSeed">Boots twice.</param>
    private async Task CutAsync(
        PowerCutGuest guest,
        string snapshot,
        string seed,
        int? writes,
        IReadOnlyList<MachineState> states,
        bool isBootedWithSeed
    )
    {
        var more = TimeSpan.FromMilliseconds(writes is null ? 0 : random.Next(40));
        var seen = await guest.CutAsync(snapshot, seed, writes, more);
        Say(
            $"{snapshot}: off after {seen} writes{(writes is null ? ", when the service had ended" : "")}"
        );
        var without = await guest.BootAsync(null);
        if (writes is null)
        {
            // What had ended must be there, and nothing is left to do.
            Judge(without, [states[^1]]);
            Assert.Equal(Personalisation.Kept, without.Verdict.Personalisation);
        }
        else
        {
            Judge(without, states);
        }

        if (isBootedWithSeed)
        {
            Judge(await guest.BootAsync(seed), [states[^1]]);
        }
    }

    private static void Judge(
        (Verdict Verdict, string Console) boot,
        IReadOnlyList<MachineState> allowed
    )
    {
        var found = Regex.Match(boot.Console, "FOUND [^\r\n]*").Value;
        var own = boot.Verdict.Milliseconds - boot.Verdict.ProgramsMilliseconds;
        Say($"    {found}; then {boot.Verdict.Site}, {boot.Verdict.Personalisation}, {own} ms");
        var complaints = PowerCutJudge.Complaints(boot.Verdict, boot.Console, allowed);
        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
    }

    private static void AddScripts(FileTree tree, IReadOnlyList<string> paths)
    {
        RcScript.AddFile(tree, PathsFile, string.Concat(paths.Select(path => path + "\n")));
        RcScript.Add(
            tree,
            "test_before",
            "FILESYSTEMS random devmatch",
            "appliance_firstboot",
            Before
        );
        RcScript.Add(tree, "test_after", "appliance_firstboot", "netif", After);
        RcScript.Add(tree, "test_report", "LOGIN sshd pf", "appliance_verdict", Report);
        RcScript.Add(tree, "test_again", "appliance_verdict", "securelevel", Again);
    }

    private async Task<string> OverlayAsync(string image)
    {
        var disk = At("disk.qcow2");
        var tool = new QemuImg(new ProcessGateway(HostTools.FromEnvironment()));
        await tool.CreateOverlayAsync(image, disk, Token);
        return disk;
    }

    /// <summary>All seeds have the same size: a snapshot goes on with another one than it was made with.</summary>
    private string Seed(string name, SiteDocument document)
    {
        var files = SeedFiles.Create(
            new SeedRequest { Document = document, InstanceId = "the-only-one" }
        );
        ImageFile.WriteContent(SeedMedium.Fat(files, time: 0), At(name));
        return At(name);
    }

    private string At(string name) => Path.Combine(folder.FullName, name);

    private static void Say(string line) => TestContext.Current.TestOutputHelper!.WriteLine(line);
}
