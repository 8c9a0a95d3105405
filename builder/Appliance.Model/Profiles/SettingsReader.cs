using Appliance.Model.Reports;
using Appliance.Model.Yaml;

namespace Appliance.Model.Profiles;

/// <summary>Reads words and name-value pairs that become parts of loader.conf(5), rc.conf(5) and sysctl.conf(5).</summary>
internal sealed class SettingsReader(NodeReader reader)
{
    private const int LongestName = 63;
    private const int LongestPackage = 200;
    private const int LongestSettingName = 127;
    private const int LongestValue = 200;

    /// <summary>What the loader, sh(1) or sysctl(8) would take for more than text.</summary>
    private const string Interpreted = "\"'\\$`#";

    /// <summary>A package by name, name and version, or port, which may have a flavour.</summary>
    public Located<string>? Package(YamlNode node) =>
        Checked(
            node,
            text =>
                text.Length <= LongestPackage
                && char.IsAsciiLetterOrDigit(text[0])
                && text.All(c => IsWordCharacter(c) || c is '/' or '@' or ',')
                && text.Count(c => c == '/') <= 1,
            "is not a package: it is a name such as frr10, or a port such as net/frr10"
        );

    /// <summary>The name of a set.</summary>
    public Located<string>? Word(YamlNode node) =>
        Checked(
            node,
            text =>
                text.Length <= LongestName
                && text.All(IsWordCharacter)
                && char.IsAsciiLetterOrDigit(text[0]),
            "is not a usable name: it is letters, digits and any of + . _ -"
        );

    /// <summary>The name of a kernel module.</summary>
    public Located<string>? Module(YamlNode node) =>
        Checked(
            node,
            text =>
                text.Length <= LongestName
                && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'),
            "is not a module's name: it is letters, digits and '_', without \".ko\""
        );

    /// <summary>The pairs of an optional mapping.</summary>
    public List<Setting> Read(MappingReader map, string key)
    {
        var entries = map.Optional(key) is { } entry ? reader.Mapping(entry.Value)?.Entries : null;
        return [.. (entries ?? []).Select(ReadOne).OfType<Setting>()];
    }

    private Setting? ReadOne(YamlEntry entry)
    {
        if (!IsSettingName(entry.Key))
        {
            reader.Report.Add(
                FindingCatalogue.NotASetting,
                entry.At,
                $"{Quoted.Text(entry.Key)} is not the name of a setting"
            );
            return null;
        }

        var value = Checked(
            entry.Value,
            text =>
                text.Length <= LongestValue
                && text.All(c =>
                    c is >= ' ' and <= '~' && !Interpreted.Contains(c, StringComparison.Ordinal)
                ),
            "is not a usable value: it is printable ASCII without quotes, '\\', '$', '`' and '#'"
        );
        return value is null ? null : new Setting(entry.At, entry.Key, value.Value);
    }

    private Located<string>? Checked(YamlNode node, Func<string, bool> isUsable, string reason)
    {
        if (reader.Scalar(node) is not { } scalar)
        {
            return null;
        }

        if (scalar.Text.Length > 0 && isUsable(scalar.Text))
        {
            return new Located<string>(scalar.Text, scalar.At);
        }

        reader.Report.Add(
            FindingCatalogue.NotASetting,
            scalar.At,
            $"{NodeReader.Show(scalar)} {reason}"
        );
        return null;
    }

    private static bool IsSettingName(string name) =>
        name.Length is > 0 and <= LongestSettingName
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '%' or '-');

    private static bool IsWordCharacter(char c) =>
        char.IsAsciiLetterOrDigit(c) || c is '+' or '.' or '_' or '-';
}
