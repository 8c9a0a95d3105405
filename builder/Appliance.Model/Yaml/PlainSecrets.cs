using Appliance.Model.Reports;

namespace Appliance.Model.Yaml;

/// <summary>Secrets that stand in a file: they are reported, never repeated.</summary>
internal static class PlainSecrets
{
    /// <summary>A value that is a secret, where the name of one belongs.</summary>
    public static void Report(NodeReader reader, YamlNode value) =>
        Report(
            reader,
            value,
            "a secret is written in plain",
            "name it instead, as in \"password: {secret: ifog-md5}\", and change it: it has been in a file"
        );

    /// <summary>A text that is no name, where the name of a secret belongs: a path, or the secret itself.</summary>
    public static void ReportWrongName(NodeReader reader, YamlNode value) =>
        Report(
            reader,
            value,
            "this is not the name of a secret, and it is not repeated here because it may be the secret itself",
            "a name has lower-case letters, digits and '-', as in \"{secret: ifog-md5}\"; its value comes from the file of "
                + "seed --secrets. If the secret itself is written here, change it: it has been in a file"
        );

    private static void Report(NodeReader reader, YamlNode value, string message, string hint)
    {
        reader.Source.Hide(value.At.Span);
        reader.Report.Add(
            FindingCatalogue.SecretInPlain,
            value.At with
            {
                Span = value.At.Span with
                {
                    EndLine = value.At.Span.Line,
                    EndColumn = value.At.Span.Column + 1,
                },
            },
            message,
            hint
        );
    }

    /// <summary>Reports private key material; true if it was.</summary>
    public static bool IsPrivateKey(NodeReader reader, YamlNode value)
    {
        if (
            value is not YamlScalar scalar
            || !scalar.Text.Contains("PRIVATE KEY", StringComparison.OrdinalIgnoreCase)
        )
        {
            return false;
        }

        reader.Source.Hide(value.At.Span);
        reader.Report.Add(
            FindingCatalogue.PrivateKey,
            value.At with
            {
                Span = value.At.Span with
                {
                    EndLine = value.At.Span.Line,
                    EndColumn = value.At.Span.Column + 1,
                },
            },
            "this is a private key",
            "put the public key here, the line of the .pub file; and replace the key: it has been in a file"
        );
        return true;
    }
}
