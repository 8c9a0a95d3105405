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
        };
        map.Finish();
        return admin;
    }

    private Located<SshPublicKey>? ReadKey(YamlNode node) =>
        PlainSecrets.IsPrivateKey(reader, node) ? null : reader.Value<SshPublicKey>(node);
}
