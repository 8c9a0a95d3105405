using Appliance.Rendering.Documents;
using static Appliance.Rendering.Validation.FieldChecks;

namespace Appliance.Rendering.Validation;

/// <summary>What the profile asks of the operating system.</summary>
internal static class SystemValidation
{
    // RT_MAXFIBS of the kernel.
    private const int MaximumFibs = 65536;

    // init_dynamic_kenv_from (kern_environment.c) ignores more than KENV_MNAMELEN + 1 + KENV_MVALLEN + 1 bytes.
    private const int LongestTunable = 256;

    public static void Check(SystemDocument system)
    {
        RequireRange("$.system.fibs", system.Fibs, 1, MaximumFibs);
        RequireEach(
            "$.system.loader_modules",
            system.LoaderModules,
            Grammar.IsModule,
            "a kernel module"
        );
        RequireEach("$.system.modules", system.Modules, Grammar.IsModule, "a kernel module");
        CheckSettings("$.system.tunables", system.Tunables);
        CheckSettings("$.system.sysctls", system.Sysctls);
        foreach (var (name, value) in system.Tunables)
        {
            RequireThat(
                $"$.system.tunables.{name}",
                name.Length + value.Length <= LongestTunable,
                $"the kernel ignores a tunable whose name and value have more than {LongestTunable} characters together"
            );
        }

        RequireThat(
            "$.system.tunables",
            !system.Tunables.ContainsKey("net.fibs"),
            "net.fibs follows from system.fibs; remove it here"
        );
        RequireIfPresent(
            "$.system.frr_version",
            system.FrrVersion,
            Grammar.IsVersion,
            "a version such as 10.4.1"
        );
        RequireEach(
            "$.system.frr_modules",
            system.FrrModules ?? [],
            Grammar.IsModule,
            "a module of bgpd"
        );
        RequireEach("$.system.nameservers", system.Nameservers, Grammar.IsAddress, "an address");
        RequireEach(
            "$.system.time_servers",
            system.TimeServers,
            Grammar.IsHost,
            "an address or a host name"
        );
        Require("$.system.root_label", system.RootLabel, Grammar.IsGptLabel, "a GPT label");
        RequireIfPresent("$.system.esp_label", system.EspLabel, Grammar.IsGptLabel, "a GPT label");
    }

    private static void CheckSettings(string where, IReadOnlyDictionary<string, string> settings)
    {
        foreach (var (name, value) in settings)
        {
            Require(where, name, Grammar.IsTunable, "the name of a setting");
            Require(
                $"{where}.{name}",
                value,
                Grammar.IsSettingValue,
                "a plain value: printable ASCII without quotes, backslash, '$', '`' and '#'"
            );
        }
    }
}
