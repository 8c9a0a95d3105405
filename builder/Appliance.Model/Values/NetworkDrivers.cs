namespace Appliance.Model.Values;

/// <summary>
/// Names that FreeBSD 15 gives to network interfaces, less their numbers: what drivers in sys/dev pass to
/// if_initname(9). A driver's manual page may have another name, as mlx5en(4) for mce.
/// </summary>
internal static class NetworkDrivers
{
    /// <summary>The drivers of virtual machines and of the usual cards, for messages.</summary>
    public const string Usual =
        "vtnet (virtio), vmx (VMware), hn (Hyper-V), xn (Xen), ena (EC2), gve (Google), mana (Azure), "
        + "em, igb, igc, ix, ixl, ice (Intel), re, rge (Realtek), bge, bnxt (Broadcom), mce (Mellanox), cxl (Chelsio)";

    private static readonly HashSet<string> Known =
    [
        .. (
            "ae age alc ale aq ax axe axge bce bfe bge bnxt bxe cas cc cdce cgem cl cue cxgb cxgbe cxl dc dpni dwc em "
            + "ena enetc enic epair eqos et ffec fxp gem genet gmac gve hme hn iavf ice igb igc ix ixl ixv jme kue le "
            + "lge lio mana mce mge mlxen mos msk muge mxge my neta nf nfe nge ntb oce ql qlnxe qlxgbe re rge rl rue "
            + "sfxge sge sis sk smc smsc ste stge sume tap ti tsec udav ue ure vcc vge vlan vmx vnic vr vte vtnet xae "
            + "xl xn"
        ).Split(' '),
    ];

    private static readonly HashSet<string> Linux =
    [
        "eth",
        "en",
        "eno",
        "enp",
        "ens",
        "enx",
        "wlan",
        "wlp",
        "venet",
    ];

    /// <summary>Whether an interface of FreeBSD can have this name and a number behind it.</summary>
    public static bool IsKnown(string name) => Known.Contains(name);

    /// <summary>Whether Linux gives interfaces this name and FreeBSD does not.</summary>
    public static bool IsOfLinux(string name) => Linux.Contains(name);

    /// <summary>The known name that is nearest, null if none is near.</summary>
    public static string? Nearest(string name) => Yaml.Spelling.Nearest(name, Known);
}
