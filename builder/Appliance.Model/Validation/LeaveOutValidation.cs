using Appliance.Model.Profiles;
using Appliance.Model.Reports;

namespace Appliance.Model.Validation;

/// <summary>What a profile leaves out must not be what the image needs to boot and to serve.</summary>
internal static class LeaveOutValidation
{
    /// <summary>A sample of each thing that must stay, with the reason.</summary>
    private static readonly (string Path, string Why)[] Needed =
    [
        ("/boot/kernel/kernel", "it is the kernel"),
        ("/boot/kernel/if_gre.ko", "gre tunnels need it"),
        ("/boot/kernel/linux64.ko", "the first-boot program needs it"),
        ("/boot/kernel/linprocfs.ko", "the first-boot program needs it"),
        ("/boot/kernel/pf.ko", "it is the packet filter"),
        ("/boot/loader", "BIOS boots by it"),
        ("/boot/loader.efi", "UEFI boots by it"),
        ("/boot/loader_lua.efi", "UEFI boots by it"),
        ("/boot/lua/loader.lua", "the loader reads it"),
        ("/boot/defaults/loader.conf", "the loader reads it"),
        ("/boot/gptboot", "BIOS boots by it"),
        ("/boot/pmbr", "BIOS boots by it"),
        ("/etc/rc", "it starts the system"),
        ("/etc/rc.subr", "rc scripts need it"),
        ("/etc/rc.d/netif", "it configures interfaces"),
        ("/etc/rc.d/pf", "it starts the packet filter"),
        ("/etc/defaults/rc.conf", "rc reads it"),
        ("/etc/master.passwd", "accounts come from it"),
        ("/etc/pam.d/sshd", "sshd needs it"),
        ("/etc/ssh/sshd_config", "sshd reads it"),
        ("/bin/sh", "rc scripts need it"),
        ("/bin/kenv", "first boot needs it"),
        ("/lib/libc.so.7", "every program needs it"),
        ("/libexec/ld-elf.so.1", "every program needs it"),
        ("/sbin/init", "it is the first process"),
        ("/sbin/ifconfig", "it configures interfaces"),
        ("/sbin/fsck_ffs", "it checks the root"),
        ("/usr/sbin/jail", "downstreams run jails"),
        ("/sbin/kldload", "modules are loaded by it"),
        ("/sbin/pfctl", "it loads the packet filter's rules"),
        ("/sbin/rcorder", "rc needs it"),
        ("/sbin/route", "it installs routes"),
        ("/sbin/sha256", "first boot needs it"),
        ("/sbin/sysctl", "rc needs it"),
        ("/usr/bin/openssl", "first boot needs it"),
        ("/usr/bin/ssh-keygen", "it makes the host keys"),
        ("/usr/lib/libpam.so.6", "sshd needs it"),
        ("/usr/libexec/flua", "nuageinit needs it"),
        ("/usr/libexec/nuageinit", "cloud metadata is read by it"),
        ("/usr/bin/netstat", "nuageinit needs it"),
        ("/usr/sbin/pw", "nuageinit needs it"),
        ("/usr/sbin/pwd_mkdb", "first boot needs it"),
        ("/usr/sbin/setfib", "services of FIB 1 need it"),
        ("/usr/sbin/sshd", "there is no other way in"),
        ("/usr/libexec/sshd-auth", "sshd needs it"),
        ("/usr/libexec/sshd-session", "sshd needs it"),
        ("/usr/sbin/sysrc", "rc.conf is edited with it"),
        ("/usr/share/bsdconfig/sysrc.subr", "sysrc needs it"),
        ("/usr/share/flua/nuage.lua", "nuageinit needs it"),
        ("/usr/share/misc/termcap.db", "shells on the console need it"),
    ];

    public static void Validate(Profile profile, Report report)
    {
        var lines = new Dictionary<string, int>();
        foreach (var pattern in profile.LeaveOut.SelectMany(group => group.Paths))
        {
            if (!lines.TryAdd(pattern.Value.Text, pattern.At.Span.Line))
            {
                report.Add(
                    FindingCatalogue.EntryTwice,
                    pattern.At,
                    $"the pattern {pattern} already stands in line {lines[pattern.Value.Text]}"
                );
                continue;
            }

            var (path, why) = Needed.FirstOrDefault(needed => pattern.Value.Matches(needed.Path));
            if (path is not null)
            {
                report.Add(
                    FindingCatalogue.LeavesOutNeeded,
                    pattern.At,
                    $"{pattern} matches {path}: {why}"
                );
            }
        }
    }
}
