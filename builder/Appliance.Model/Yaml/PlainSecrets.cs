using Appliance.Model.Reports;

namespace Appliance.Model.Yaml;

/// <summary>Secrets that stand in a file: they are reported, never repeated.</summary>
internal static class PlainSecrets
{
    /// <summary>A value that is a secret, where the name of one belongs.</summary>
    public static void Report(NodeReader reader, YamlNode value)
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
            "a secret is written in plain",
            "name it instead, as in \"password: {secret: ifog-md5}\", and change it: it has been in a file"
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
