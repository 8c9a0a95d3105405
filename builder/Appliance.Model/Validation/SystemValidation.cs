using Appliance.Model.Profiles;
using Appliance.Model.Releases;
using Appliance.Model.Reports;
using Appliance.Model.Yaml;

namespace Appliance.Model.Validation;

/// <summary>What a profile says about the operating system.</summary>
internal static class SystemValidation
{
    private static readonly string[] Architectures = ["amd64"];

    // init_dynamic_kenv_from (kern_environment.c) ignores more than KENV_MNAMELEN + 1 + KENV_MVALLEN + 1 bytes.
    private const int LongestTunable = 256;

    private static readonly string[] NeededSets = ["base", "kernel"];

    /// <summary>Set by the templates or by keys of their own.</summary>
    private static readonly Dictionary<string, string> Derived = new()
    {
        ["net.fibs"] = "the key fibs sets it",
        ["console"] = "serial and video consoles are set for every image",
        ["boot_serial"] = "serial and video consoles are set for every image",
        ["boot_multicons"] = "serial and video consoles are set for every image",
        ["autoboot_delay"] = "images start without delay",
        ["net.inet.ip.forwarding"] = "it follows from the site's role",
        ["net.inet6.ip6.forwarding"] = "it follows from the site's role",
        ["net.add_addr_allfibs"] = "the FIBs of a downstream depend on it",
        ["vfs.root.mountfrom"] = "it follows from the root's label",
    };

    public static void Validate(Profile profile, Report report)
    {
        CheckKnown(
            report,
            profile.Release,
            [.. ReleaseData.Current.Releases.Select(release => release.Name)]
        );
        CheckKnown(report, profile.Architecture, Architectures);
        CheckSets(profile, report);
        CheckTwice(report, profile.Sets, "set");
        CheckTwice(report, profile.AllPackages, "package");
        CheckTwice(report, profile.LoaderModules.Concat(profile.Modules), "module");
        CheckTwice(report, profile.Image.Formats, "format");
        CheckSettings(report, profile.Tunables);
        CheckSettings(report, profile.Sysctls);
        CheckLengths(report, profile.Tunables);
    }

    private static void CheckLengths(Report report, IReadOnlyList<Setting> tunables)
    {
        foreach (var tunable in tunables)
        {
            if (tunable.Name.Length + tunable.Value.Length > LongestTunable)
            {
                report.Add(
                    FindingCatalogue.NotASetting,
                    tunable.At,
                    $"the kernel ignores {tunable.Name}: name and value have more than {LongestTunable} characters together",
                    "a setting that can wait belongs under sysctls"
                );
            }
        }
    }

    private static void CheckKnown(Report report, Located<string> value, string[] known)
    {
        if (!known.Contains(value.Value))
        {
            report.Add(
                FindingCatalogue.UnknownRelease,
                value.At,
                $"{Quoted.Text(value.Value)} cannot be built",
                Spelling.Hint(value.Value, known)
            );
        }
    }

    private static void CheckSets(Profile profile, Report report)
    {
        if (profile.BasePackages.Count > 0)
        {
            return;
        }

        var names = profile.Sets.Select(set => set.Value).ToList();
        foreach (var needed in NeededSets.Where(set => !names.Contains(set)))
        {
            if (!report.HasErrorsUnder("$.sets"))
            {
                report.Add(
                    FindingCatalogue.NoBase,
                    profile.Sets.Count > 0 ? profile.Sets[0].At : profile.At,
                    $"the set {needed} is missing",
                    "sets: [base, kernel]"
                );
            }
        }
    }

    private static void CheckTwice<T>(Report report, IEnumerable<Located<T>> items, string what)
        where T : notnull
    {
        var lines = new Dictionary<T, int>();
        foreach (var item in items)
        {
            if (!lines.TryAdd(item.Value, item.At.Span.Line))
            {
                report.Add(
                    FindingCatalogue.EntryTwice,
                    item.At,
                    $"the {what} {item} already stands in line {lines[item.Value]}"
                );
            }
        }
    }

    private static void CheckSettings(Report report, IReadOnlyList<Setting> settings)
    {
        foreach (var setting in settings)
        {
            if (Derived.TryGetValue(setting.Name, out var reason))
            {
                report.Add(
                    FindingCatalogue.ReservedSetting,
                    setting.At,
                    $"{setting.Name} cannot be set here: {reason}"
                );
            }
        }
    }
}
