namespace Appliance.Verify.Processes;

/// <summary>Every program that this product starts. No other file names one.</summary>
public static class Tools
{
    public static Tool Qemu { get; } = new("qemu-system-x86_64", "qemu-system-x86", "qemu", "qemu");

    public static Tool QemuImg { get; } = new("qemu-img", "qemu-utils", "qemu", "qemu");

    /// <summary>Links, addresses, routes and network namespaces of Linux.</summary>
    public static Tool Ip { get; } = new("ip", "iproute2");

    /// <summary>The shell of FRR's daemons.</summary>
    public static Tool Vtysh { get; } = new("vtysh", "frr");

    /// <summary>FRR's first daemon; they lie in a folder of their own that no search path has.</summary>
    public static Tool Zebra { get; } = new("zebra", "frr");

    public static Tool Staticd { get; } = new("staticd", "frr");

    public static Tool Watchfrr { get; } = new("watchfrr", "frr");

    /// <summary>OpenBGPD's daemon has the same name.</summary>
    public static Tool FrrBgpd { get; } = new("bgpd", "frr");

    public static Tool Bfdd { get; } = new("bfdd", "frr");

    /// <summary>Brings FRR's running configuration to that of a file.</summary>
    public static Tool FrrReload { get; } = new("frr-reload.py", "frr-pythontools");

    public static Tool Bird { get; } = new("bird", "bird2");

    public static Tool BirdControl { get; } = new("birdc", "bird2");

    public static Tool GoBgpDaemon { get; } = new("gobgpd", "gobgpd");

    public static Tool GoBgp { get; } = new("gobgp", "gobgpd");

    public static Tool ExaBgp { get; } = new("exabgp", "exabgp");

    /// <summary>FRR's daemon has the same name.</summary>
    public static Tool OpenBgpDaemon { get; } = new("bgpd", "openbgpd");

    public static Tool OpenBgpControl { get; } = new("bgpctl", "openbgpd");

    /// <summary>An RPKI-to-Router server.</summary>
    public static Tool StayRtr { get; } = new("stayrtr", "stayrtr");

    public static Tool Ssh { get; } = new("ssh", "openssh-client");

    /// <summary>Makes keys for ssh.</summary>
    public static Tool SshKeyGenerator { get; } = new("ssh-keygen", "openssh-client");

    public static Tool ChangeOwner { get; } = new("chown", "coreutils");

    /// <summary>POSIX's shell.</summary>
    public static Tool Shell { get; } = new("sh", "dash");

    /// <summary>Starts a program in a session of its own.</summary>
    public static Tool SetSid { get; } = new("setsid", "util-linux");
}
