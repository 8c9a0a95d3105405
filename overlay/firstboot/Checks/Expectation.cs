using System.Globalization;
using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Personalisation;
using Appliance.Rendering;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Checks;

/// <summary>What the machine ought to be: the document, the devices found for it and the files made of it.</summary>
/// <param name="Document">The site document.</param>
/// <param name="Devices">Interface of the document to device, as recorded when it was applied.</param>
/// <param name="Files">The rendered files.</param>
/// <param name="Accounts">Users and groups of the machine.</param>
/// <param name="ConsolePassword">Root has a password of the owner's.</param>
internal sealed record Expectation(
    SiteDocument Document,
    IReadOnlyDictionary<string, string> Devices,
    IReadOnlyList<RenderedFile> Files,
    Accounts Accounts,
    bool ConsolePassword = false
)
{
    /// <summary>Variables of the rendered rc.conf.</summary>
    public IReadOnlyDictionary<string, string> RcVariables { get; } =
        SettingsOf(Files, "/etc/rc.conf");

    /// <summary>Every sysctl the machine must have: the rendered file's, the document's and forwarding.</summary>
    public IReadOnlyDictionary<string, string> Sysctls { get; } = AllSysctls(Document, Files);

    /// <summary>True for "YES" in any case.</summary>
    public bool IsEnabled(string rcVariable) => IsEnabled(RcVariables, rcVariable);

    /// <summary>The device of an interface or tunnel: tunnels have their final names already.</summary>
    public string DeviceOf(string name) => Devices.GetValueOrDefault(name, name);

    /// <summary>FRR's daemons as rc.conf names them, and the one that watches over them; none without FRR.</summary>
    public IReadOnlyList<string> RoutingDaemons =>
        !Document.System.Frr || !IsEnabled("frr_enable") ? []
        : IsEnabled("watchfrr_enable") ? ["watchfrr", .. FrrDaemons]
        : FrrDaemons;

    private string[] FrrDaemons =>
        RcVariables
            .GetValueOrDefault("frr_daemons", "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public SnapshotRequest Request() =>
        new(
            Document.System.Fibs,
            [.. Sysctls.Keys, "kern.hostname", "machdep.bootmethod"],
            [.. Files.Select(file => file.Path).Concat(HostKeys.Wanted(Files)).Distinct()],
            Document.Announced?.Jails.Count > 0,
            RoutingDaemons.Count > 0
        );

    private static Dictionary<string, string> AllSysctls(
        SiteDocument document,
        IReadOnlyList<RenderedFile> files
    )
    {
        var rc = SettingsOf(files, "/etc/rc.conf");
        var edge = document.Role == SiteRole.Edge;
        var settings = new Dictionary<string, string>(SettingsOf(files, "/etc/sysctl.conf"))
        {
            ["net.fibs"] = document.System.Fibs.ToString(CultureInfo.InvariantCulture),
            ["net.inet.ip.forwarding"] = IsEnabled(rc, "gateway_enable") ? "1" : "0",
            ["net.inet6.ip6.forwarding"] = edge || IsEnabled(rc, "ipv6_gateway_enable") ? "1" : "0",
        };
        foreach (var (name, value) in document.System.Sysctls)
        {
            settings[name] = value;
        }

        return settings;
    }

    private static IReadOnlyDictionary<string, string> SettingsOf(
        IReadOnlyList<RenderedFile> files,
        string path
    ) => SettingListParser.Parse(files.FirstOrDefault(file => file.Path == path)?.Content ?? "");

    private static bool IsEnabled(IReadOnlyDictionary<string, string> rc, string name) =>
        string.Equals(rc.GetValueOrDefault(name), "YES", StringComparison.OrdinalIgnoreCase);
}
