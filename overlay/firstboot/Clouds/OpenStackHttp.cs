using Appliance.FirstBoot.Http;
using Appliance.FirstBoot.Metadata;
using Appliance.FirstBoot.Sources;

namespace Appliance.FirstBoot.Clouds;

/// <summary>OpenStack's files over HTTP. (docs.openstack.org/nova, metadata service)</summary>
internal sealed class OpenStackHttp : ICloud
{
    private const string Root = "/" + OpenStack.Folder;

    public string Name => "openstack";

    public bool IsNamedBy(Smbios smbios) =>
        smbios.Product?.StartsWith("OpenStack", StringComparison.Ordinal) == true
        || smbios.ChassisTag is "OpenTelekomCloud" or "SAP CCloud VM" or "HUAWEICLOUD";

    public Facts? Read(MetadataClient client) =>
        client.Get(Root + "meta_data.json") is { } metaData
            ? OpenStack.Read(
                metaData,
                client.TryGet(Root + "user_data"),
                client.TryGet(Root + "network_data.json")
            )
            : null;
}
