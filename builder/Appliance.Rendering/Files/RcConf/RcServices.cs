using Appliance.Rendering.Documents;
using Appliance.Rendering.Files.PacketFilter;
using Appliance.Rendering.Files.Routing;

namespace Appliance.Rendering.Files.RcConf;

/// <summary>Kernel modules, the packet filter, and which services run.</summary>
internal static class RcServices
{
    /// <summary>
    /// What FRR's rc script has by default, but for three. -r: the script of ours says why. -i: watchfrr asks every 15
    /// seconds instead of every 5. Where the daemons take longer than that to start, on a machine that is slow or shared, it
    /// would start a daemon once more while the first start is still under way, and the configuration would be lost
    /// on the one that is ended for it. -T: a start may take five minutes instead of one and a half, because a full table
    /// that a killed zebra has left behind goes route by route.
    /// </summary>
    private const string WatchfrrFlags =
        $"-r {FrrRestartScript.Path}bB%s -s /usr/sbin/servicebBfrrbBstartbB%s "
        + "-k /usr/sbin/servicebBfrrbBstopbB%s -b bB -t 30 -i 15 -T 300";

    public static void Add(Site site, SettingGroups groups)
    {
        var system = site.Document.System;
        groups.AddQuoted(
            "Kernel modules",
            ("kld_list", system.Modules.Count == 0 ? null : string.Join(' ', system.Modules))
        );
        groups.AddQuoted(
            "The packet filter. Without a fallback, rules that do not load would leave everything open",
            ("pf_enable", "YES"),
            ("pf_rules", "/etc/pf.conf"),
            ("pf_fallback_rules_enable", "YES"),
            ("pf_fallback_rules_file", FallbackRulesFile.Path)
        );
        AddBaseServices(groups);
        AddRouting(site, groups);
        AddJails(site, groups);
    }

    private static void AddBaseServices(SettingGroups groups)
    {
        groups.AddQuoted(
            "Services of the base system",
            ("sshd_enable", "YES"),
            ("sshd_rsa_enable", "NO"),
            ("sshd_ecdsa_enable", "NO"),
            ("syslogd_flags", "-ss"),
            ("sendmail_enable", "NONE"),
            ("ntpd_enable", "YES"),
            ("ntpd_sync_on_start", "YES")
        );
        groups.AddQuoted(
            "An appliance keeps no crash dumps, swaps nowhere and never resizes itself",
            ("dumpdev", "NO"),
            ("savecore_enable", "NO"),
            ("growfs_enable", "NO"),
            ("growfs_swap_size", "0"),
            ("clear_tmp_enable", "YES")
        );
    }

    private static void AddRouting(Site site, SettingGroups groups)
    {
        if (!site.Document.System.Frr || site.Document.Bgp is not { } bgp)
        {
            return;
        }

        groups.AddQuoted(
            "FRR: mgmtd first, then zebra; each daemon listens on the loopback only",
            ("frr_enable", "YES"),
            ("frr_daemons", $"mgmtd zebra staticd bgpd{(HasBfd(bgp) ? " bfdd" : "")}"),
            (
                "bgpd_flags",
                string.Concat(
                    FrrModules
                        .Wanted(site.Document.System, bgp)
                        .Select(module => $" -M {module}")
                        .Prepend("-A 127.0.0.1")
                )
            ),
            // The package's rc script says so for every other daemon.
            ("bfdd_flags", HasBfd(bgp) ? "-A 127.0.0.1" : null),
            ("watchfrr_enable", "YES"),
            // frr_vtysh_boot is YES unless it is said, and frr-restart says it.
            ("watchfrr_flags", WatchfrrFlags)
        );
        groups.AddQuoted(
            "Keys of BGP sessions with a password",
            ("ipsec_enable", IpsecConfFile.IsWanted(site.Document) ? "YES" : null),
            ("ipsec_file", IpsecConfFile.IsWanted(site.Document) ? IpsecConfFile.Path : null)
        );
    }

    private static bool HasBfd(BgpDocument bgp) =>
        bgp.Neighbors.Any(neighbor => neighbor.Session.Bfd is not null);

    private static void AddJails(Site site, SettingGroups groups)
    {
        if (site.Document.Announced is not { Jails: { Count: > 0 } jails })
        {
            return;
        }

        groups.AddQuoted(
            "Jails",
            ("jail_enable", "YES"),
            ("jail_list", string.Join(' ', jails.Select(jail => jail.Name)))
        );
    }
}
