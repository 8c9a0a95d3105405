using Appliance.Model.Reports;
using Appliance.Model.Values;
using Appliance.Model.Yaml;

namespace Appliance.Model.Networks;

/// <summary>Reads where a secret belongs: its name, as in <c>password: {secret: ifog-md5}</c>, and never the secret itself.</summary>
internal static class SecretNameReader
{
    /// <param name="reader">Of the file.</param>
    /// <param name="owner">The mapping that may have it.</param>
    /// <param name="key">The key.</param>
    /// <param name="isRequired">Its absence is a finding.</param>
    public static Located<EntryName>? Read(
        NodeReader reader,
        MappingReader owner,
        string key,
        bool isRequired = false
    )
    {
        var entry = isRequired
            ? owner.Required(key, $"{key}: {{secret: NAME}}")
            : owner.Optional(key);
        if (entry?.Value is YamlScalar or YamlSequence)
        {
            PlainSecrets.Report(reader, entry.Value);
            return null;
        }

        if (owner.Below(entry) is not { } map)
        {
            return null;
        }

        // {hunter2: x}, {text: hunter2}: only what is nearly "secret" is a misspelling and may be repeated.
        if (map.Keys.Any(key => Spelling.Distance(key, "secret") > 2))
        {
            PlainSecrets.Report(reader, entry!.Value);
            return null;
        }

        var secret = map.Required("secret", "the name of the secret");
        map.Finish();
        if (secret is null || reader.Scalar(secret.Value) is not { } scalar)
        {
            return null;
        }

        if (EntryName.TryParse(scalar.Text, out var name, out _))
        {
            return new Located<EntryName>(name, scalar.At);
        }

        PlainSecrets.ReportWrongName(reader, scalar);
        return null;
    }
}
