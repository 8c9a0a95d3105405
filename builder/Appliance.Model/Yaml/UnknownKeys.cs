using Appliance.Model.Reports;

namespace Appliance.Model.Yaml;

/// <summary>Reports a key that nothing asked for; a secret behind it is hidden, and said to be one.</summary>
internal static class UnknownKeys
{
    public static void Report(NodeReader reader, YamlEntry entry, List<string> known)
    {
        var nearest = Spelling.Nearest(entry.Key, known);
        if (entry.Value is YamlScalar { IsEmpty: false })
        {
            if (nearest is null && SecretSpans.IsSecretKey(entry.Key))
            {
                PlainSecrets.Report(reader, entry.Value);
                return;
            }

            // A misspelt "password" is not known as one, yet what follows is.
            if (nearest is null || SecretSpans.IsSecretKey(nearest))
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

    private static string KnownKeys(List<string> known) =>
        known.Count == 0 ? "no key is known here" : $"known here: {string.Join(", ", known)}";
}
