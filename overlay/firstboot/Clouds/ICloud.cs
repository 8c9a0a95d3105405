using Appliance.FirstBoot.Http;
using Appliance.FirstBoot.Metadata;
using Appliance.FirstBoot.Sources;

namespace Appliance.FirstBoot.Clouds;

/// <summary>A provider's metadata service.</summary>
internal interface ICloud
{
    /// <summary>As it stands in the verdict: "ec2", "gcp".</summary>
    string Name { get; }

    /// <summary>The firmware says that this machine is theirs.</summary>
    bool IsNamedBy(Smbios smbios);

    /// <summary>What the service knows, null when the one that answers is not theirs.</summary>
    /// <exception cref="HttpException">No answer, or one that cannot be used.</exception>
    /// <exception cref="Yaml.YamlException">The answer is not of the documented form.</exception>
    Facts? Read(MetadataClient client);
}

/// <summary>The explicit list of all providers, in the order in which they are tried where the firmware names none.</summary>
internal static class AllClouds
{
    public static IReadOnlyList<ICloud> List { get; } =
    [
        new DigitalOcean(),
        new Hetzner(),
        new Vultr(),
        new Gcp(),
        new Azure(),
        new OpenStackHttp(),
        new Ec2(),
    ];
}
