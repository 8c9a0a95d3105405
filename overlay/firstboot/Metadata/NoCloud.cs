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

    /// <summary>Facts of the files that are there, and the problems of those that cannot be read.</summary>
    public static Facts Read(byte[]? metaData, byte[]? userData, byte[]? networkConfig) =>
        MetadataFile
            .Read("meta-data", metaData, content => ReadMetaData(Parse(content)))
            .With(
                MetadataFile.Read(
                    "network-config",
                    networkConfig,
                    content => NetworkConfig.Read(Parse(content))
                )
            )
            .With(MetadataFile.Read("user-data", userData, UserData.Read));

    private static Facts ReadMetaData(YamlNode node)
    {
        var judge = new ValueJudge("meta-data");
        foreach (
            var key in ((node as YamlMapping)?.Keys ?? ["it is no mapping"]).Where(key =>
                !KnownMetaData.Contains(key)
            )
        )
        {
            judge.Ignore(PlainText.Shown(key));
        }

        return new Facts
        {
            InstanceId = judge.InstanceId("instance-id", node.TextOf("instance-id")),
            Hostname = judge.Hostname(
                ("local-hostname", node.TextOf("local-hostname")),
                ("hostname", node.TextOf("hostname"))
            ),
            SshKeys = judge.SshKeys("public-keys", node.ItemsOf("public-keys")),
            Ignored = judge.Ignored,
        };
    }

    private static YamlNode Parse(byte[] content) =>
        YamlReader.Read(Encoding.UTF8.GetString(content));
}
