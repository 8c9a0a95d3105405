using System.Text;
using Appliance.Rendering.Documents;

namespace Appliance.Build.Seeds;

/// <summary>The files of a seed, in the layout of cloud-init's NoCloud. They hold secrets.</summary>
public static class SeedFiles
{
    /// <summary>Name and text of each file.</summary>
    public static IReadOnlyList<(string Name, string Text)> Create(SeedRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return [("meta-data", MetaData(request)), ("user-data", UserData(request))];
    }

    /// <summary>The text for a provider's field of user data.</summary>
    public static string UserData(SeedRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var text = new StringBuilder("#cloud-config\n");
        text.Append("# Site ")
            .Append(request.Document.Site)
            .Append(" of network ")
            .Append(request.Document.Network);
        text.Append(", for an image of Appliance. ");
        text.Append(
            request.Secrets.Count > 0
                ? "It holds secrets: keep it closed.\n"
                : "It holds no secrets.\n"
        );
        text.Append("appliance:\n");
        AppendDocument(text, request);
        if (request.Secrets.Count > 0)
        {
            text.Append("  secrets:\n");
            foreach (
                var (name, value) in request.Secrets.OrderBy(
                    secret => secret.Key,
                    StringComparer.Ordinal
                )
            )
            {
                text.Append("    ")
                    .Append(YamlText.Quoted(name))
                    .Append(": ")
                    .Append(YamlText.Quoted(value))
                    .Append('\n');
            }
        }

        if (request.ConsolePassword is { } hash)
        {
            text.Append("  console_password: ").Append(YamlText.Quoted(hash)).Append('\n');
        }

        return text.ToString();
    }

    private static string MetaData(SeedRequest request) =>
        $"instance-id: {YamlText.Quoted(request.InstanceId ?? request.Document.Site)}\n"
        + $"local-hostname: {YamlText.Quoted(request.Document.Hostname)}\n";

    /// <summary>A signed document travels as text, byte for byte; any other one as the mapping that it is.</summary>
    private static void AppendDocument(StringBuilder text, SeedRequest request)
    {
        var document = Encoding.UTF8.GetString(SiteDocumentJson.Write(request.Document));
        if (request.Signature is not { } signature)
        {
            text.Append("  site:\n");
            AppendIndented(text, document);
            return;
        }

        text.Append("  document: |\n");
        AppendIndented(text, document);
        text.Append("  signature: |\n");
        AppendIndented(text, signature.ReplaceLineEndings("\n").TrimEnd('\n') + "\n");
    }

    private static void AppendIndented(StringBuilder text, string block)
    {
        foreach (var line in block.TrimEnd('\n').Split('\n'))
        {
            text.Append("    ").Append(line).Append('\n');
        }
    }
}
