using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Tests.Samples;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Tests.Fakes;

/// <summary>
/// A machine whose programs print what a FreeBSD 15.0 that is all right prints. Tests change one of
/// <see cref="Outputs"/> to make it wrong.
/// </summary>
internal sealed class FreeBsd
{
    public FreeBsd(SiteDocument document)
    {
        var folder = document.Role == SiteRole.Edge ? "edge" : "downstream";
        Outputs["ifconfig"] = Sample.Read($"{folder}/ifconfig.txt");
        Outputs["netstat0"] = Sample.Read($"{folder}/netstat-fib0.json");
        Outputs["netstat1"] =
            document.System.Fibs > 1 ? Sample.Read($"{folder}/netstat-fib1.json") : "{}";
        Outputs["kldstat"] = Sample.Read("edge/kldstat.txt");
        Outputs["sockstat"] = Sample.Read($"{folder}/sockstat.json");
        Outputs["pfctl-si"] = Sample.Read("pfctl-si.txt");
        Outputs["pfctl-sr"] = Sample.Read("pfctl-sr.txt");
        Outputs["pfctl-nvf"] = Sample.Read("pfctl-nvf.txt");
        Outputs["kenv"] = "hw.vga.textmode=\"1\"\nkernel=\"kernel\"\n";
        Outputs["frr"] = "watchfrr is running as pid 700.\n";
        Outputs["frr-all"] =
            "mgmtd is running as pid 701.\nzebra is running as pid 702.\nbgpd is running as pid 703.\n";
        Outputs["freebsd-version"] = "15.9-RELEASE-p1\n15.9-RELEASE-p2\n";
        Outputs["jls"] = "1 web 2001:db8:1c:1000::10\n";
        Outputs["ps"] = "    0   0\n    1   1\n    1   1\n";
        Sysctls["kern.hostname"] = document.Hostname;
        Sysctls["net.fibs"] = $"{document.System.Fibs}";
        Sysctls["net.inet6.ip6.forwarding"] = document.Role == SiteRole.Edge ? "1" : "0";
        Install(document);
    }

    /// <summary>What pwd_mkdb(8) makes, and does not overwrite.</summary>
    private const string Temporary = "/etc/pwd.db.tmp";

    public FakeMachine Machine { get; } = new();

    public Dictionary<string, string> Outputs { get; } = [];

    public Dictionary<string, string> Sysctls { get; } =
        new()
        {
            ["machdep.bootmethod"] = "UEFI",
            ["net.inet.ip.forwarding"] = "0",
            ["net.inet6.icmp6.rediraccept"] = "0",
            ["net.inet6.ip6.redirect"] = "0",
            ["dev.vtnet.0.%parent"] = "virtio_pci0",
            ["dev.virtio_pci.0.%location"] =
                @"slot=3 function=0 dbsf=pci0:0:3:0 handle=\_SB_.PCI0.S18_",
            ["dev.virtio_pci.0.%parent"] = "pci0",
        };

    private void Install(SiteDocument document)
    {
        Machine.Put(
            SiteDocument.TargetPath,
            System.Text.Encoding.UTF8.GetString(SiteDocumentJson.Write(document))
        );
        Machine.Put("/etc/passwd", "root:*:0:0::/root:/bin/sh\nfrr:*:101:101::/:/nologin\n");
        Machine.Put("/etc/group", "wheel:*:0:root\nfrr:*:101:\n");
        Machine.Put("/etc/master.passwd", "root::0:0::0:0::/root:/bin/sh\n", 0b110_000_000);
        Machine.Put("/etc/rc.conf", "hostname=\"unconfigured\"\n");
        Machine.Put("/etc/pf.conf", "block drop quick all\n", 0b110_000_000);
        var programs = Machine.Programs;
        programs["/sbin/ifconfig"] = _ => Print("ifconfig");
        programs["/sbin/kldstat"] = _ => Print("kldstat");
        programs["/bin/kenv"] = _ => Print("kenv");
        programs["/usr/bin/sockstat"] = _ => Print("sockstat");
        programs["/usr/sbin/jls"] = _ => Print("jls");
        programs["/bin/ps"] = _ => Print("ps");
        programs["/usr/sbin/service"] = arguments => Print(arguments.Count > 2 ? "frr-all" : "frr");
        programs["/usr/sbin/setfib"] = arguments => Print($"netstat{arguments[0]}");
        programs["/sbin/pfctl"] = PacketFilter;
        programs["/sbin/sysctl"] = Sysctl;
        programs["/bin/freebsd-version"] = _ => Print("freebsd-version");
        programs["/etc/rc.d/hostid"] = _ => new ProgramResult(0, "", "");
        programs["/etc/rc.d/hostid_save"] = _ => new ProgramResult(0, "", "");
        programs["/bin/sh"] = _ => new ProgramResult(0, "", "");
        programs["/usr/sbin/sshd"] = _ => new ProgramResult(0, "", "");
    }

    /// <summary>Programs that look at or change the disk, on the machine that is running now.</summary>
    public static FakeMachine On(FakeMachine machine)
    {
        machine.Programs["/usr/bin/stat"] = arguments => Stat(machine, arguments);
        machine.Programs["/usr/bin/ssh-keygen"] = arguments => MakeKey(machine, arguments[^1]);
        machine.Programs["/usr/sbin/pw"] = arguments => SetRoot(machine, arguments);
        machine.Programs["/usr/bin/getent"] = _ => new ProgramResult(
            0,
            machine.Text("/etc/master.passwd")!,
            ""
        );
        return machine;
    }

    private ProgramResult Print(string name) => new(0, Outputs[name], "");

    private ProgramResult PacketFilter(IReadOnlyList<string> arguments) =>
        arguments[0] switch
        {
            "-si" => Print("pfctl-si"),
            "-sr" => Print("pfctl-sr"),
            "-nvf" => Print("pfctl-nvf"),
            _ => new ProgramResult(0, "", ""),
        };

    private ProgramResult Sysctl(IReadOnlyList<string> arguments)
    {
        var known = arguments.Skip(1).Where(Sysctls.ContainsKey).ToList();
        return new ProgramResult(
            known.Count == arguments.Count - 1 ? 0 : 1,
            string.Concat(known.Select(name => $"{name}={Sysctls[name]}\n")),
            ""
        );
    }

    private static ProgramResult Stat(FakeMachine machine, IReadOnlyList<string> arguments)
    {
        var lines = arguments
            .Skip(2)
            .Where(machine.Files.ContainsKey)
            .Select(path => (path, machine.Files[path]))
            .Select(item =>
                $"{FileListParser.Octal(item.Item2.Mode).TrimStart('0')} "
                + (item.Item2.Owner.User == 101 ? "frr frr" : "root wheel")
                + $" {item.path}\n"
            );
        return new ProgramResult(0, string.Concat(lines), "");
    }

    private static ProgramResult MakeKey(FakeMachine machine, string path)
    {
        machine.Change($"key {path}", () => machine.Put(path, "private\n", 0b110_000_000));
        machine.Change($"key {path}.pub", () => machine.Put(path + ".pub", "public\n"));
        return new ProgramResult(0, "", "");
    }

    private static ProgramResult SetRoot(FakeMachine machine, IReadOnlyList<string> arguments)
    {
        var hash = arguments is ["usermod", "root", "-H", "0"] ? machine.Input!.Trim() : "*";
        var lines = machine.Text("/etc/master.passwd")!.Split('\n');
        var fields = lines[0].Split(':');
        fields[1] = hash;
        lines[0] = string.Join(':', fields);
        if (machine.Files.ContainsKey(Temporary))
        {
            return new ProgramResult(1, "", $"pwd_mkdb: /etc/pwd.db to {Temporary}: File exists");
        }

        machine.Change("pw", () => machine.Put("/etc/pw.Ab12Cd", hash, 0b110_000_000));
        machine.Change("pwd_mkdb", () => machine.Put(Temporary, ""));
        machine.Change(
            "pwd_mkdb",
            () => machine.Put("/etc/master.passwd", string.Join('\n', lines), 0b110_000_000)
        );
        machine.Files.Remove("/etc/pw.Ab12Cd");
        machine.Files.Remove(Temporary);
        return new ProgramResult(0, "", "");
    }
}
