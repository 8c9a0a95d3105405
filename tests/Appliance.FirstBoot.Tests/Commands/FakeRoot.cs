using Appliance.FirstBoot.Tests.Fakes;
using Appliance.FirstBoot.Tests.Machine;
using Appliance.FirstBoot.Tests.Samples;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Tests.Commands;

/// <summary>A folder that stands for "/" of an edge: its programs are shell scripts that print samples.</summary>
internal sealed class FakeRoot : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-root-");

    /// <summary>Programs as they are written here; what is executed are copies (<see cref="Executable"/>).</summary>
    private readonly DirectoryInfo written = Directory.CreateTempSubdirectory(
        "appliance-programs-"
    );

    public FakeRoot()
    {
        Put(SiteDocument.TargetPath, SiteDocumentJson.Write(TestSites.Edge));
        Put("/etc/passwd", "root:*:0:0::/root:/bin/sh\n"u8);
        Put("/etc/group", "wheel:*:0:root\n"u8);
        Put("/etc/master.passwd", "root::0:0::0:0::/root:/bin/sh\n"u8);
        Put("/etc/rc.conf", "hostname=\"unconfigured\"\n"u8);
        Prints("/sbin/ifconfig", "edge/ifconfig.txt");
        Prints("/sbin/kldstat", "edge/kldstat.txt");
        Prints("/usr/bin/sockstat", "edge/sockstat.json");
        Prints("/usr/sbin/setfib", "edge/netstat-fib0.json");
        Script("/bin/kenv", "echo 'hw.vga.textmode=\"1\"'");
        Script("/bin/sh", "exit 0");
        Script(
            "/sbin/pfctl",
            "case $1 in -si) echo 'Status: Enabled';; -sr|-nvf) echo block drop log all;; esac"
        );
        Script("/sbin/sysctl", $"cat {At("/sysctls")} 2> /dev/null; echo machdep.bootmethod=BIOS");
        Script("/usr/sbin/sshd", "exit 0");
        Script(
            "/usr/bin/ssh-keygen",
            $"for last; do :; done; umask 077; f={folder.FullName}$last; echo private > $f; echo public > $f.pub"
        );
        Script(
            "/usr/sbin/service",
            "for d in watchfrr mgmtd zebra staticd bgpd; do echo \"$d is running as pid 7.\"; done"
        );
        Script("/etc/rc.d/hostid", "exit 0");
        Script("/etc/rc.d/hostid_save", "exit 0");
        Script("/usr/sbin/pw", $"sed -i s/root::/root:*:/ {At("/etc/master.passwd")}");
        Script("/usr/bin/getent", $"grep ^root: {At("/etc/master.passwd")}");
        Script(
            "/usr/bin/stat",
            $"shift 2; for f; do echo $(/usr/bin/stat -c %a {folder.FullName}$f) root wheel $f; done"
        );
        Executable.Copy(written.FullName + "/.", folder.FullName);
        written.Delete(recursive: true);
    }

    public string Path => folder.FullName;

    public void Dispose() => folder.Delete(recursive: true);

    public string Text(string path) => File.ReadAllText(At(path));

    /// <summary>Every setting of the rendered sysctl.conf, and those that the document implies.</summary>
    public void ApplySysctls()
    {
        var lines = Text("/etc/sysctl.conf")
            .Split('\n')
            .Where(line => line.Contains('=') && line[0] != '#');
        File.WriteAllLines(
            At("/sysctls"),
            [
                .. lines,
                "kern.hostname=router01.example.net",
                "net.fibs=1",
                "net.inet.ip.forwarding=1",
                "net.inet6.ip6.forwarding=1",
                "net.inet6.icmp6.rediraccept=0",
            ]
        );
    }

    private void Prints(string program, string sample) =>
        Script(
            program,
            $"cat {System.IO.Path.Combine(AppContext.BaseDirectory, "Samples", sample)}"
        );

    private void Script(string path, string body)
    {
        var file = written.FullName + path;
        Write(file, System.Text.Encoding.UTF8.GetBytes($"#!/bin/sh\n{body}\n"));
        Executable.Allow(file);
    }

    private void Put(string path, ReadOnlySpan<byte> content) => Write(At(path), content);

    private static void Write(string file, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
    }

    private string At(string path) => folder.FullName + path;
}
