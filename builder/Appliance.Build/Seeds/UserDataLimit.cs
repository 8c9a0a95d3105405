namespace Appliance.Build.Seeds;

/// <summary>How much user data a provider takes.</summary>
/// <param name="Provider">As on the command line.</param>
/// <param name="Bytes">Of the text itself, before anybody encodes it.</param>
/// <param name="Source">Where the provider says so.</param>
public sealed record UserDataLimit(string Provider, int Bytes, string Source)
{
    /// <summary>When the sources were read.</summary>
    public static DateOnly Date { get; } = new(2026, 12, 1);

    /// <summary>Providers whose limit has a source, the smallest limit first.</summary>
    public static IReadOnlyList<UserDataLimit> All { get; } =
    [
        new(
            "ec2",
            16 * 1024,
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html"
        ),
        new(
            "hetzner",
            32 * 1024,
            "https://docs.hetzner.cloud/reference/cloud#servers-create-a-server"
        ),
        // 65,535 bytes of base64.
        new(
            "openstack",
            65535 / 4 * 3,
            "https://docs.openstack.org/nova/latest/user/user-data.html"
        ),
        new("azure", 65535, "https://learn.microsoft.com/azure/virtual-machines/custom-data"),
        new("digitalocean", 64 * 1024, "https://docs.digitalocean.com/reference/api/digitalocean/"),
    ];
}
