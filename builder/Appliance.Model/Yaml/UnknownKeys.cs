using System.Globalization;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Yaml;

/// <summary>Reports a key that nothing asked for; a secret behind it is hidden, and said to be one.</summary>
internal static class UnknownKeys
{
    public static void Report(NodeReader reader, YamlEntry entry, List<string> known)
    {
        var nearest = Spelling.Nearest(entry.Key, known);
        if (entry.Value is YamlScalar { IsEmpty: false } scalar)
        {
            if (nearest is null && SecretSpans.IsSecret(entry.Key, scalar.Text))
            {
                PlainSecrets.Report(reader, entry.Value);
                return;
            }

            // A misspelt "password" is not known as one, yet what follows is.
            if (nearest is null ? !IsPlainlyNone(scalar.Text) : SecretSpans.IsSecretKey(nearest))
            {
                reader.Source.Hide(entry.Value.At.Span);
            }
        }

        var hint = nearest is null ? KnownKeys(known) : $"did you mean {nearest}?";
        reader.Report.Add(
            FindingCatalogue.UnknownKey,
            entry.At,
            $"the key {Quoted.Text(entry.Key)} is not known here",
            hint
        );
    }

    /// <summary>Numbers such as a VLAN's, words of YAML and addresses; what else it may be, nobody knows.</summary>
    private static bool IsPlainlyNone(string value) =>
        uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        || value is "true" or "false"
        || SecretSpans.IsTunnelKey(value)
        || IpAddress.TryParse(value, out _, out _)
        || IpPrefix.TryParse(value, out _, out _)
        || InterfaceAddress.TryParse(value, out _, out _);

    private static string KnownKeys(List<string> known) =>
        known.Count == 0 ? "no key is known here" : $"known here: {string.Join(", ", known)}";
}
