using Appliance.Model.Reports;
using Appliance.Model.Values;
using Appliance.Model.Yaml;

namespace Appliance.Model.Networks;

/// <summary>Reads who may log in.</summary>
internal sealed class AdminReader(NodeReader reader)
{
    public AdminAccess Read(MappingReader network)
    {
        var entry = network.Optional("admin");
        if (network.Below(entry) is not { } map)
        {
            return new AdminAccess { At = entry?.At ?? network.Owner };
        }

        var admin = new AdminAccess
        {
            At = entry!.At,
            SshKeys = map.Items("ssh_keys", ReadKey),
            SshFrom = map.Values<IpPrefix>("ssh_from"),
            SigningKeys = map.Items("signing_keys", ReadSigningKey),
        };
        map.Finish();
        return admin;
    }

    private Located<SshPublicKey>? ReadSigningKey(YamlNode node)
    {
        var key = ReadKey(node);
        if (key is null || key.Value.Type == "ssh-ed25519")
        {
            return key;
        }

        reader.Report.Add(
            FindingCatalogue.NotASigningKey,
            key.At,
            $"a key of type {key.Value.Type} signs no documents",
            "make one with ssh-keygen -t ed25519"
        );
        return null;
    }

    private Located<SshPublicKey>? ReadKey(YamlNode node) =>
        PlainSecrets.IsPrivateKey(reader, node) ? null : reader.Value<SshPublicKey>(node);
}
