using Appliance.FirstBoot.Yaml;
using Appliance.Rendering;

namespace Appliance.FirstBoot.Metadata;

/// <summary>What the owner says in user data, under "appliance".</summary>
internal sealed record OwnerData
{
    public static OwnerData None { get; } = new();

    /// <summary>Which of the documents in the image this machine is to be.</summary>
    public string? SiteName { get; init; }

    /// <summary>A whole site document as JSON, exactly as it was signed when it is.</summary>
    public byte[]? Document { get; init; }

    /// <summary>What ssh-keygen -Y sign wrote about <see cref="Document"/>.</summary>
    public string? Signature { get; init; }

    /// <summary>Secrets by the names that the document uses. Never printed.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } =
        new Dictionary<string, string>();

    public IReadOnlyList<string> SshKeys { get; init; } = [];

    /// <summary>Prefixes that reach ssh, where the document has none.</summary>
    public IReadOnlyList<string> SshFrom { get; init; } = [];

    /// <summary>Hash of root's password as in master.passwd(5), for the console alone.</summary>
    public string? ConsolePassword { get; init; }

    public bool IsEmpty =>
        SiteName is null
        && Document is null
        && Secrets.Count == 0
        && SshKeys.Count == 0
        && SshFrom.Count == 0
        && ConsolePassword is null;

    public OwnerData With(OwnerData other) =>
        new()
        {
            SiteName = SiteName ?? other.SiteName,
            Document = Document ?? other.Document,
            Signature = Document is null ? other.Signature : Signature,
            Secrets = Secrets.Count > 0 ? Secrets : other.Secrets,
            SshKeys = SshKeys.Count > 0 ? SshKeys : other.SshKeys,
            SshFrom = SshFrom.Count > 0 ? SshFrom : other.SshFrom,
            ConsolePassword = ConsolePassword ?? other.ConsolePassword,
        };

    /// <summary>No values: they hold secrets.</summary>
    public override string ToString() => nameof(OwnerData);

    /// <summary>
    /// Reads the mapping under "appliance", each key alone. A key that is not known is a problem, since it was meant for us.
    /// </summary>
    /// <param name="node">The mapping.</param>
    /// <param name="judge">Takes the record of single values that cannot be used.</param>
    /// <param name="problems">Takes what leaves open which machine the owner means.</param>
    public static OwnerData Read(YamlNode node, ValueJudge judge, List<string> problems)
    {
        if (node is not YamlMapping mapping)
        {
            problems.Add(YamlException.At(node.Line, "appliance is no mapping").Message);
            return None;
        }

        var data = new OwnerData();
        foreach (var (key, value) in mapping.Entries)
        {
            try
            {
                data = data.With(key, value, judge);
            }
            catch (YamlException exception)
            {
                problems.Add(exception.Message);
            }
        }

        return data;
    }

    private OwnerData With(string key, YamlNode value, ValueJudge judge) =>
        key switch
        {
            "site" when value is YamlMapping => this with { Document = YamlJson.Write(value) },
            "site" => this with { SiteName = Text(key, value) },
            "document" => this with
            {
                Document = System.Text.Encoding.UTF8.GetBytes(Text(key, value)),
            },
            "signature" => this with { Signature = Text(key, value) },
            "secrets" => this with { Secrets = ReadSecrets(value) },
            "ssh_keys" => this with
            {
                SshKeys = judge.SshKeys(key, value.Items, allowsOptions: true),
            },
            "ssh_from" => this with
            {
                SshFrom = judge.Prefixes(
                    key,
                    [.. value.Items.Select(item => item.Text ?? "a list or mapping")]
                ),
            },
            "console_password" => this with { ConsolePassword = ReadHash(value) },
            _ => throw YamlException.At(value.Line, "appliance has a key that is not known here"),
        };

    private static Dictionary<string, string> ReadSecrets(YamlNode node)
    {
        if (node is not YamlMapping mapping)
        {
            throw YamlException.At(node.Line, "secrets is no mapping of names to values");
        }

        // A value that is no text is an empty one: its session stays shut, and nothing else suffers.
        return mapping.Entries.ToDictionary(
            entry => entry.Key,
            entry => entry.Value.Text ?? "",
            StringComparer.Ordinal
        );
    }

    /// <summary>crypt(3): "$6$salt$hash" and the like. A password itself would lie in metadata for all to read.</summary>
    private static string ReadHash(YamlNode node)
    {
        var hash = Text("console_password", node);
        return PasswordHash.IsHash(hash)
            ? hash
            : throw YamlException.At(
                node.Line,
                "console_password is no hash of crypt(3), such as $6$…"
            );
    }

    private static string Text(string key, YamlNode node) =>
        node.Text ?? throw YamlException.At(node.Line, $"{key} has something else than text");
}
