using Appliance.FirstBoot.Yaml;

namespace Appliance.FirstBoot.Metadata;

/// <summary>
/// Network configuration of cloud-init, versions 1 and 2. What is not built here (bonds, bridges, VLANs, routes
/// beyond the default one) is told as ignored, never dropped.
/// </summary>
internal static class NetworkConfig
{
    /// <summary>As records name it.</summary>
    public const string Source = "network configuration";

    /// <exception cref="YamlException">It has neither version.</exception>
    public static Facts Read(YamlNode node)
    {
        var network = node.Find("network") ?? node;
        return network.TextOf("version") switch
        {
            "1" => NetworkConfigV1.Read(network),
            "2" => NetworkConfigV2.Read(network),
            null when network.TextOf("config") == "disabled" => new Facts(),
            _ => throw YamlException.At(
                node.Line,
                "the network configuration has neither version 1 nor 2"
            ),
        };
    }
}
