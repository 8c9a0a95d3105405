using System.Globalization;

namespace Appliance.Lab.Linux;

/// <summary>Whether this process may do what a lab takes.</summary>
public static class Root
{
    /// <summary>CAP_NET_ADMIN, CAP_NET_RAW and CAP_SYS_ADMIN of linux/capability.h.</summary>
    private const ulong Needed = (1ul << 12) | (1ul << 13) | (1ul << 21);

    private const string Capabilities = "CapEff:";

    /// <summary>Why no lab can be brought up here, or null.</summary>
    public static string? WhyNot() =>
        !OperatingSystem.IsLinux() ? "the lab lives in the network namespaces of Linux"
        : !Environment.IsPrivilegedProcess
            ? "the lab makes network namespaces and raw sockets, which only root may: run it with sudo"
        : (Effective() & Needed) != Needed
            ? "root may not make network namespaces here (a container without CAP_SYS_ADMIN, CAP_NET_ADMIN or CAP_NET_RAW)"
        : !File.Exists("/dev/net/tun")
            ? "this kernel has no TUN devices (/dev/net/tun): modprobe tun"
        : null;

    /// <exception cref="LabException">No lab can be brought up here.</exception>
    public static void Require()
    {
        if (WhyNot() is { } reason)
        {
            throw new LabException(
                OperatingSystem.IsLinux() && !Environment.IsPrivilegedProcess
                    ? LabFault.NeedsRoot
                    : LabFault.Unsupported,
                reason
            );
        }
    }

    /// <summary>What this process may do, as proc_pid_status(5) shows it.</summary>
    private static ulong Effective() =>
        ulong.Parse(
            File.ReadLines("/proc/self/status")
                .First(line => line.StartsWith(Capabilities, StringComparison.Ordinal))
                .AsSpan(Capabilities.Length)
                .Trim(),
            NumberStyles.HexNumber,
            CultureInfo.InvariantCulture
        );
}
