using System.Text;
using Appliance.FirstBoot.Yaml;

namespace Appliance.FirstBoot.Metadata;

/// <summary>The files of cloud-init's NoCloud, wherever they come from.</summary>
internal static class NoCloud
{
    private static readonly string[] KnownMetaData =
    [
        "instance-id",
        "local-hostname",
        "hostname",
        "public-keys",
        "dsmode",
    ];

    /// <summary>Facts of the files that are there.</summary>
    /// <exception cref="YamlException">One of them is wrong; the message says which.</exception>
    public static Facts Read(byte[]? metaData, byte[]? userData, byte[]? networkConfig) =>
        Part("meta-data", metaData, content => ReadMetaData(Parse(content)))
            .With(
                Part("network-config", networkConfig, content => NetworkConfig.Read(Parse(content)))
            )
            .With(Part("user-data", userData, UserData.Read));

    private static Facts ReadMetaData(YamlNode node) =>
        new()
        {
            InstanceId = node.TextOf("instance-id"),
            Hostname = PlainText.Hostname(node.TextOf("local-hostname") ?? node.TextOf("hostname")),
            SshKeys = PlainText.SshKeys(node.ItemsOf("public-keys")),
            Ignored =
            [
                .. ((node as YamlMapping)?.Keys ?? [])
                    .Where(key => !KnownMetaData.Contains(key))
                    .Select(key => $"meta-data: {PlainText.Shown(key)}"),
            ],
        };

    private static YamlNode Parse(byte[] content) =>
        YamlReader.Read(Encoding.UTF8.GetString(content));

    private static Facts Part(string name, byte[]? content, Func<byte[], Facts> read)
    {
        try
        {
            return content is null || content.AsSpan().Trim(" \t\r\n"u8).IsEmpty
                ? new Facts()
                : read(content);
        }
        catch (YamlException exception)
        {
            throw new YamlException($"{name}: {exception.Message}", exception);
        }
    }
}
