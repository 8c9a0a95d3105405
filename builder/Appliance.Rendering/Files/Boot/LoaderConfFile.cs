using System.Globalization;
using Appliance.Rendering.Templates;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files.Boot;

/// <summary>/boot/loader.conf: what must be decided before the kernel runs.</summary>
internal sealed class LoaderConfFile : IConfigurationFile
{
    private const string Path = "/boot/loader.conf";

    public bool IsWanted(Site site) => true;

    public RenderedFile Render(Site site)
    {
        var view = new LoaderConfView(site.Document.Site, Groups(site));
        return new RenderedFile(
            Path,
            RenderedText.Checked(
                Path,
                TemplateEngine.Render(
                    "loader.conf.sbn",
                    view,
                    ViewJsonContext.Default.LoaderConfView
                )
            ),
            InImage: true
        );
    }

    private static IReadOnlyList<SettingGroupView> Groups(Site site)
    {
        var system = site.Document.System;
        var groups = new SettingGroups();
        Own(
            groups,
            system.Tunables,
            "Boot at once",
            ("autoboot_delay", "-1"),
            ("beastie_disable", "YES")
        );
        // "vidconsole" is what the BIOS loader calls video, "efi" the UEFI one; each skips the other's name.
        Own(
            groups,
            system.Tunables,
            "Serial and video are both consoles; serial is the first",
            ("boot_multicons", "YES"),
            ("boot_serial", "YES"),
            ("comconsole_speed", "115200"),
            ("console", "comconsole,vidconsole,efi")
        );
        groups.AddQuoted(
            "Forwarding tables; the number cannot be lowered later",
            ("net.fibs", system.Fibs.ToString(CultureInfo.InvariantCulture))
        );
        Own(
            groups,
            system.Tunables,
            "While the packet filter has no rules it lets nothing pass",
            ("net.pf.default_to_drop", "1")
        );
        groups.AddQuoted(
            "Modules that must be there before anything uses them",
            system.LoaderModules.Select(module => ($"{module}_load", (string?)"YES"))
        );
        groups.AddQuoted(
            "From the profile",
            system
                .Tunables.OrderBy(item => item.Key, StringComparer.Ordinal)
                .Select(item => (item.Key, (string?)item.Value))
        );
        return groups.Groups;
    }

    /// <summary>Settings of ours that the profile may replace.</summary>
    private static void Own(
        SettingGroups groups,
        IReadOnlyDictionary<string, string> profile,
        string comment,
        params IEnumerable<(string Name, string? Value)> settings
    ) => groups.AddQuoted(comment, settings.Where(setting => !profile.ContainsKey(setting.Name)));
}
