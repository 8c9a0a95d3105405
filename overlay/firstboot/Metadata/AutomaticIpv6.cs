namespace Appliance.FirstBoot.Metadata;

/// <summary>IPv6 that a provider wants to be configured by the network itself.</summary>
internal static class AutomaticIpv6
{
    /// <summary>What is done in place of it, for records.</summary>
    public const string Note =
        "not configured by name (the base system has no DHCPv6 client); router advertisements are accepted where nothing gives a gateway";
}
