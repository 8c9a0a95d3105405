using Appliance.Rendering.Documents;
using Appliance.Rendering.Templates;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files.Base;

/// <summary>/etc/sysctl.conf: how the kernel treats packets, beyond what rc.conf(5) has switches for.</summary>
internal sealed class SysctlConfFile : IConfigurationFile
{
    private const string Path = "/etc/sysctl.conf";

    public bool IsWanted(Site site) => true;

    public RenderedFile Render(Site site)
    {
        var view = new SysctlConfView(site.Document.Site, Groups(site));
        return new RenderedFile(
            Path,
            RenderedText.Checked(
                Path,
                TemplateEngine.Render(
                    "sysctl.conf.sbn",
                    view,
                    ViewJsonContext.Default.SysctlConfView
                )
            )
        );
    }

    private static IReadOnlyList<SettingGroupView> Groups(Site site)
    {
        var profile = site.Document.System.Sysctls;
        var groups = new SettingGroups();
        Own(
            groups,
            profile,
            "Routes come from routing protocols and from this machine's owner, never from a packet",
            ("net.inet.ip.redirect", "0"),
            ("net.inet6.ip6.redirect", "0"),
            ("net.inet.icmp.drop_redirect", "1"),
            ("net.inet6.icmp6.rediraccept", "0"),
            ("net.inet.ip.sourceroute", "0"),
            ("net.inet.ip.accept_sourceroute", "0"),
            ("net.inet6.ip6.accept_rtadv", "0")
        );
        if (site.Document.Role == SiteRole.Edge)
        {
            AddEdge(groups, profile);
        }

        Own(
            groups,
            profile,
            "Tell strangers little",
            ("net.inet.ip.random_id", "1"),
            ("security.bsd.see_other_uids", "0"),
            ("security.bsd.see_other_gids", "0"),
            ("security.bsd.unprivileged_proc_debug", "0")
        );
        groups.AddPlain(
            "From the profile",
            profile
                .OrderBy(item => item.Key, StringComparer.Ordinal)
                .Select(item => (item.Key, (string?)item.Value))
        );
        return groups.Groups;
    }

    private static void AddEdge(SettingGroups groups, IReadOnlyDictionary<string, string> profile)
    {
        Own(
            groups,
            profile,
            "A full table overruns the routing socket of a daemon that has small buffers. FRR asks for 16 MiB; the\nkernel counts what it needs itself in addition",
            ("kern.ipc.maxsockbuf", "18874368")
        );
        Own(
            groups,
            profile,
            "Answers per second to traceroute, unreachable hosts and packets that are too big: path MTU\ndiscovery of everybody behind this router depends on them",
            ("net.inet.icmp.icmplim", "1000"),
            ("net.inet.icmp.icmplim_output", "0"),
            ("net.inet6.icmp6.errppslimit", "1000")
        );
    }

    /// <summary>Settings of ours that the profile may replace.</summary>
    private static void Own(
        SettingGroups groups,
        IReadOnlyDictionary<string, string> profile,
        string comment,
        params IEnumerable<(string Name, string? Value)> settings
    ) => groups.AddPlain(comment, settings.Where(setting => !profile.ContainsKey(setting.Name)));
}
