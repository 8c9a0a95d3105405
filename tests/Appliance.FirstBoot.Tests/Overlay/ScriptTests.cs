using System.Diagnostics;
using System.Globalization;
using Appliance.FirstBoot.Personalisation;
using Appliance.FirstBoot.Sources;
using Appliance.FirstBoot.Tests.Fakes;
using Appliance.FirstBoot.Tests.Machine;
using Appliance.Rendering.Verdicts;
using Outcome = Appliance.Rendering.Verdicts.Personalisation;

namespace Appliance.FirstBoot.Tests.Overlay;

/// <summary>
/// The rc.d scripts under a Bourne shell of this machine, in a root of their own, with stand-ins for the
/// programs of FreeBSD and for the service.
/// </summary>
public sealed class ScriptTests : ScriptRoot
{
    private const string Service = "usr/local/libexec/appliance/appliance-firstboot";
    private const string Document = "usr/local/etc/appliance/site.json";
    private const string State = "var/db/appliance/state.json";

    public ScriptTests()
    {
        foreach (var name in new[] { "linux64", "linprocfs" })
        {
            Program($"modules/{name}", "");
            File.Delete(At($"modules/{name}"));
        }

        Put(
            "etc/rc.subr",
            "load_rc_config() { :; }\ncheckyesno() { eval \"[ \\\"\\$$1\\\" = YES ]\"; }\nwarn() { echo \"warning: $1\"; }\n"
                + "run_rc_command() { eval \"\\$${1}_cmd\"; }\n"
        );
        Put(Document, "{\n  \"schema\": 1,\n  \"site\": \"router01\",\n  \"x\": 1\n}\n");
        Directory.CreateDirectory(At("var/run"));
        Directory.CreateDirectory(At("proc"));
        Program("bin/kldstat", "test -e \"$ROOT/modules/${3%.ko}\"");
        Program("bin/kldload", "echo \"load $1\" >> $ROOT/log; : > \"$ROOT/modules/$1\"");
        Program("bin/kldunload", "echo \"unload $1\" >> $ROOT/log; rm \"$ROOT/modules/$1\"");
        Program("bin/mount", "echo mount >> $ROOT/log; : > $ROOT/proc/meminfo");
        Program("bin/umount", "echo umount >> $ROOT/log; rm $ROOT/proc/meminfo");
        Program("bin/sysctl", "case $1 in -n) echo UEFI;; esac");
        Program("bin/sha256", "sha256sum | cut -d ' ' -f 1");
        Program("bin/kenv", "cat \"$ROOT/$2\" 2> /dev/null");
        Put("smbios.system.uuid", "ec2f1c08-0a8c-4a8b-9d4e-0123456789ab\n");
        Program("etc/rc.d/kld", "echo \"kld $1\" >> $ROOT/log");
        Program("etc/rc.d/sysctl", "echo \"sysctl $1\" >> $ROOT/log");
        foreach (
            var script in new[]
            {
                "usr/local/libexec/appliance/linux-abi.subr",
                "usr/local/etc/rc.d/appliance_firstboot",
                "usr/local/etc/rc.d/appliance_verdict",
                "usr/local/etc/rc.d/appliance_preflight",
                "usr/local/etc/rc.d/appliance_links",
                "usr/local/libexec/appliance/preflight-loop",
                "usr/local/etc/rc.d/appliance_packages",
            }
        )
        {
            Install(script);
        }
    }

    [Fact]
    public void The_service_is_told_not_to_collect_memory_that_a_whole_run_does_not_fill()
    {
        Program(Service, "echo \"$DOTNET_GCgen0size\" >> $ROOT/log");
        Run("appliance_firstboot");
        // The runtime reads hexadecimal, and nothing at all where it begins with 0x.
        Assert.Contains((16 << 20).ToString("x", CultureInfo.InvariantCulture), Log());
    }

    [Fact]
    public void First_boot_loads_runs_unloads_and_has_rc_read_its_configuration_again()
    {
        Program(Service, "echo \"service $*\" >> $ROOT/log");
        Run("appliance_firstboot");
        Assert.Equal(
            [
                "load linux64",
                "load linprocfs",
                "mount",
                "service personalise",
                "umount",
                "unload linprocfs",
                "unload linux64",
                "kld start",
                "sysctl start",
                "alarm",
            ],
            Log()
        );
    }

    [Fact]
    public void A_machine_that_is_personalised_loads_nothing()
    {
        Program(Service, "echo \"service $*\" >> $ROOT/log");
        Put(State, $"{{\n  \"fingerprint\": \"{Fingerprint()}\",\n}}\n");
        Run("appliance_firstboot");
        Assert.Empty(Log());
    }

    [Fact]
    public void Another_document_or_an_interrupted_run_starts_the_service_again()
    {
        Program(Service, "echo \"service $*\" >> $ROOT/log");
        Put(State, "{\n  \"fingerprint\": \"0000\",\n}\n");
        Run("appliance_firstboot");
        Assert.Contains("service personalise", Log());
        File.Delete(At("log"));
        Put(State, $"{{\n  \"fingerprint\": \"{Fingerprint()}\",\n}}\n");
        Put("var/db/appliance/journal.json", "{}");
        Run("appliance_firstboot");
        Assert.Contains("service personalise", Log());
    }

    [Fact]
    public void What_was_loaded_before_stays()
    {
        Program(Service, ":");
        Put("modules/linux64", "");
        Put("proc/meminfo", "");
        Run("appliance_firstboot");
        Assert.Equal(
            ["load linprocfs", "unload linprocfs", "kld start", "sysctl start", "alarm"],
            Log()
        );
    }

    [Theory]
    [InlineData("uuid", "another machine")]
    [InlineData("serial", "ds=nocloud;s=http://192.0.2.1/")]
    public void Another_machine_starts_the_service_again(string name, string value)
    {
        Program(Service, "echo \"service $*\" >> $ROOT/log");
        Put(State, $"{{\n  \"fingerprint\": \"{Fingerprint()}\",\n}}\n");
        Put($"smbios.system.{name}", value + "\n");
        Run("appliance_firstboot");
        Assert.Contains("service personalise", Log());
    }

    [Theory]
    [InlineData("dev/iso9660/cidata", true)]
    [InlineData("dev/msdosfs/CIDATA", true)]
    [InlineData("dev/iso9660/config-2", true)]
    [InlineData("dev/msdosfs/EFISYS", false)]
    public void A_seed_medium_starts_the_service_again(string device, bool starts)
    {
        Program(Service, "echo \"service $*\" >> $ROOT/log");
        Put(State, $"{{\n  \"fingerprint\": \"{Fingerprint()}\",\n}}\n");
        Put(device, "");
        Run("appliance_firstboot");
        Assert.Equal(starts, Log().Contains("service personalise"));
    }

    [Fact]
    public void A_failed_personalisation_reloads_nothing_and_warns()
    {
        Program(Service, "exit 1");
        var output = Run("appliance_firstboot");
        Assert.Contains("warning: the machine stays as it was", output, StringComparison.Ordinal);
        Assert.DoesNotContain("alarm", Log());
        Assert.Contains("unload linux64", Log());
    }

    [Fact]
    public void A_minimal_machine_is_read_by_rc_and_warned_about()
    {
        Program(Service, "exit 3");
        var output = Run("appliance_firstboot");
        Assert.Contains("warning: the machine is a minimal one", output, StringComparison.Ordinal);
        Assert.Contains("alarm", Log());
    }

    [Fact]
    public void A_service_that_hangs_is_ended_and_a_minimal_machine_asked_for()
    {
        Program(
            Service,
            "echo \"service $*\" >> $ROOT/log; case $1 in personalise) exec sleep 60;; esac; exit 3"
        );
        var output = Run("appliance_firstboot", ("appliance_firstboot_limit", "1"));
        Assert.Contains("was ended after 1 seconds", output, StringComparison.Ordinal);
        Assert.Contains("service minimal", Log());
        Assert.Contains("alarm", Log());
    }

    [Theory]
    [InlineData(
        "{\n  \"preflight\": {\n    \"hold\": \"Sessions\",\n    \"retry_seconds\": 7\n  },\n}\n",
        "loop 7"
    )]
    [InlineData("{\n  \"schema\": 1\n}\n", null)]
    public void Only_a_policy_starts_the_preflight(string document, string? started)
    {
        Put("var/db/appliance/site.json", document);
        Program("bin/daemon", "shift 3; echo \"loop $2\" >> $ROOT/log");
        Run("appliance_preflight");
        Assert.Equal(started is null ? [] : [started], Log());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Links_are_looked_after_where_FRR_has_routes_through_them(bool hasScript)
    {
        const string script = "usr/local/libexec/appliance/link-down";
        if (hasScript)
        {
            Program(script, "");
        }

        Program("bin/daemon", "echo \"loop $5\" >> $ROOT/log");
        Run("appliance_links");
        Assert.Equal(hasScript ? [$"loop {At(script)}"] : [], Log());
    }

    /// <summary>Every look at FRR is one sleep later; at the sixth sleep the test has seen enough.</summary>
    [Theory]
    [InlineData("", "unload")]
    [InlineData("keep", null)]
    public void The_preflight_is_tried_until_it_passes_and_again_when_FRR_holds_back_again(
        string keep,
        string? unloaded
    )
    {
        Program(
            Service,
            "echo \"service $*\" >> $ROOT/log; test $(grep -c preflight $ROOT/log) -gt 2"
        );
        Program(
            "bin/sleep",
            "echo \"sleep $1\" >> $ROOT/log; test $(grep -c sleep $ROOT/log) -lt 6 || kill $PPID"
        );
        Program("bin/logger", "echo passed >> $ROOT/log");
        // It runs free, then it starts and knows nothing yet, then it has read its file.
        Program(
            "usr/local/bin/vtysh",
            """
            case $(grep -c sleep $ROOT/log) in
            3) exit 1 ;;
            4) printf 'route-map export-ifog deny 1\n description held by preflight\n' ;;
            *) echo "router bgp 64500" ;;
            esac
            """
        );
        Directory.CreateDirectory(At("var/run/appliance"));
        RunToEnd("usr/local/libexec/appliance/preflight-loop", "7", keep);
        string[] load = ["load linux64", "load linprocfs", "mount"];
        string[] unload = unloaded is null ? [] : ["umount", "unload linprocfs", "unload linux64"];
        Assert.Equal(
            [
                .. load,
                "service preflight --lift",
                "sleep 7",
                "service preflight --lift",
                "sleep 7",
                "service preflight --lift",
                .. unload,
                "passed",
                "sleep 7",
                "sleep 7",
                .. unloaded is null ? [] : load,
                "service preflight --lift",
                .. unload,
                "passed",
                "sleep 7",
                "sleep 7",
            ],
            Log()
        );
    }

    [Fact]
    public void The_reason_stands_in_the_message_of_the_day()
    {
        Program(
            Service,
            "echo 'APPLIANCE-VERDICT {\"schema\":1,\"ok\":false,\"error\":\"no device with driver em\",\"x\":1}'"
        );
        Run("appliance_verdict");
        Assert.EndsWith(
            "\nno device with driver em\n",
            File.ReadAllText(At("var/run/motd")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_failed_first_boot_names_the_ways_in_until_it_has_succeeded()
    {
        Directory.CreateDirectory(At("boot"));
        Program(
            Service,
            "echo 'APPLIANCE-VERDICT {\"schema\":1,\"ok\":false,\"personalisation\":\"Failed\",\"error\":\"x\",\"minimal\":true}'"
        );
        Run("appliance_verdict");
        foreach (var place in new[] { "etc/issue", "dev/console", "var/run/motd" })
        {
            var text = File.ReadAllText(At(place));
            Assert.Contains("console_password", text, StringComparison.Ordinal);
            Assert.Contains("single-user mode", text, StringComparison.Ordinal);
        }

        // The loader of an image waits for nobody; now it waits for the key that leads to single-user mode.
        Assert.Contains(
            "autoboot_delay=\"10\"",
            File.ReadAllText(At("boot/loader.conf.local")),
            StringComparison.Ordinal
        );
        Program(
            Service,
            "echo 'APPLIANCE-VERDICT {\"schema\":1,\"ok\":true,\"personalisation\":\"Done\",\"x\":1}'"
        );
        Run("appliance_verdict");
        Assert.False(File.Exists(At("etc/issue")));
        Assert.False(File.Exists(At("boot/loader.conf.local")));
    }

    [Theory]
    [InlineData("6c0f1d6a-7c1e-4a2b-9c3d-0123456789ab", true)]
    [InlineData("5b0f1d6a-7c1e-4a2b-9c3d-0123456789ab", false)]
    public void The_service_runs_again_where_the_host_id_is_another_one(string kernel, bool runs)
    {
        Program(Service, "echo \"service $*\" >> $ROOT/log");
        Program("bin/sysctl", $"case $2 in kern.hostuuid) echo {kernel};; esac");
        Put(
            State,
            $"{{\n  \"fingerprint\": \"{Fingerprint()}\",\n  \"host_uuid\": \"5b0f1d6a-7c1e-4a2b-9c3d-0123456789ab\"\n}}\n"
        );
        Run("appliance_firstboot");
        Assert.Equal(runs, Log().Contains("service personalise"));
    }

    [Fact]
    public void The_verdict_of_the_service_goes_to_the_console()
    {
        Program(
            Service,
            "echo 'APPLIANCE-VERDICT {\"schema\":1,\"site\":\"a\",\"ok\":true,\"x\":1}'"
        );
        Run("appliance_verdict");
        Assert.Equal(
            "APPLIANCE-VERDICT {\"schema\":1,\"site\":\"a\",\"ok\":true,\"x\":1}",
            Console().Trim()
        );
        Assert.False(File.Exists(At("var/run/motd")));
    }

    [Theory]
    [InlineData("exit 70", "the first-boot service ended with exit code 70 and no verdict")]
    [InlineData("kill -SEGV $$", "ended with exit code 139 and no verdict")]
    [InlineData("exec sleep 60", "the first-boot service did not end within 1 seconds")]
    [InlineData(null, "the first-boot service is missing")]
    public void A_service_that_gives_no_verdict_gets_a_failed_one(string? body, string reason)
    {
        if (body is not null)
        {
            Program(Service, body);
        }

        Run("appliance_verdict", ("appliance_verdict_limit", "1"));
        AssertFailedVerdict(reason);
    }

    [Fact]
    public void A_kernel_without_the_Linux_ABI_gets_a_failed_verdict()
    {
        Program(Service, "exit 0");
        Program("bin/kldload", "exit 1");
        Run("appliance_verdict");
        AssertFailedVerdict("the first-boot service cannot be run: no Linux ABI");
    }

    [Fact]
    public void Scripts_of_packages_run_once_and_in_the_order_of_their_names()
    {
        Script("002-b.sh", "echo second >> $ROOT/log; echo \"$PATH\" | grep -q /usr/local/bin");
        Script("001-a.sh", "echo first >> $ROOT/log; echo hello");

        Run("appliance_packages");
        Assert.Equal(["first", "second"], Log());
        Assert.Equal("0\nhello\n", Result("001-a.sh"));
        Assert.Equal("0\n", Result("002-b.sh"));

        Run("appliance_packages");
        Assert.Equal(["first", "second"], Log());
    }

    [Theory]
    [InlineData("echo oops >&2; exit 3", "3\noops\n", "ended with 3")]
    [InlineData("exec sleep 60", "124\n", "ended with 124")]
    public void A_script_of_a_package_that_fails_is_told_and_the_next_one_runs(
        string body,
        string result,
        string warning
    )
    {
        Script("001-a.sh", body);
        Script("002-b.sh", "echo second >> $ROOT/log");

        var output = Run("appliance_packages", ("appliance_packages_limit", "1"));

        Assert.Contains($"warning: 001-a.sh {warning}", output, StringComparison.Ordinal);
        Assert.Equal(result, Result("001-a.sh"));
        Assert.Equal(["second"], Log());
    }

    [Fact]
    public void A_script_of_a_package_that_was_interrupted_runs_again()
    {
        Script("001-a.sh", "echo first >> $ROOT/log");
        Put("var/db/appliance/package-scripts/001-a.sh.output", "half");

        Run("appliance_packages");

        Assert.Equal(["first"], Log());
        Assert.Equal("0\n", Result("001-a.sh"));
    }

    [Fact]
    public void Without_scripts_of_packages_nothing_happens()
    {
        Assert.Equal("", Run("appliance_packages"));
        Assert.False(Directory.Exists(At("var/db/appliance/package-scripts")));
    }

    private void Script(string name, string body) =>
        Put($"usr/local/share/appliance/package-scripts/{name}", body + "\n");

    private string Result(string name) =>
        File.ReadAllText(At($"var/db/appliance/package-scripts/{name}"));

    private void AssertFailedVerdict(string reason)
    {
        var line = Console()
            .Split('\n')
            .Single(text => text.StartsWith(Verdict.ConsoleMarker, StringComparison.Ordinal));
        var verdict = VerdictJson.Read(line[Verdict.ConsoleMarker.Length..]);
        Assert.False(verdict.Ok);
        Assert.Equal(("router01", Outcome.Failed), (verdict.Site, verdict.Personalisation));
        Assert.Equal("UEFI", verdict.BootMethod);
        Assert.Contains(reason, verdict.Error, StringComparison.Ordinal);
        Assert.Contains(
            "not what its site document says",
            File.ReadAllText(At("var/run/motd")),
            StringComparison.Ordinal
        );
    }

    private string Run(string script, params (string Name, string Value)[] settings)
    {
        var start = Shell($"usr/local/etc/rc.d/{script}", "start");
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output + errors.Result;
    }

    /// <summary>The script with every absolute path of the target under the root, and with the start argument of rc(8).</summary>
    private void Install(string path)
    {
        var text = File.ReadAllText(RepositoryRoot.Combine("overlay", "rootfs", path));
        foreach (
            var prefix in new[]
            {
                "/usr/local/",
                "/etc/rc",
                "/etc/issue",
                "/boot/loader",
                "/var/",
                "/proc",
                "/dev/console",
                "/dev/iso9660",
                "/dev/msdosfs",
            }
        )
        {
            text = text.Replace(prefix, Root + prefix, StringComparison.Ordinal);
        }

        text = text.Replace(
            "kill -ALRM \"$RC_PID\"",
            "echo alarm >> $ROOT/log",
            StringComparison.Ordinal
        );
        Directory.CreateDirectory(At("dev"));
        Put(path, text);
    }

    /// <summary>As the service computes it, of the same files.</summary>
    private string Fingerprint()
    {
        var machine = new FakeMachine();
        machine.Put("/usr/local/etc/appliance/site.json", File.ReadAllText(At(Document)));
        machine.Programs["/bin/kenv"] = _ =>
            new(
                0,
                $"smbios.system.uuid=\"{File.ReadAllText(At("smbios.system.uuid")).Trim()}\"\n",
                ""
            );
        return Identity.Fingerprint(new Gatherer(machine, Nobody.Reachable).Gather());
    }

    private string Console() => File.ReadAllText(At("dev/console"));
}
