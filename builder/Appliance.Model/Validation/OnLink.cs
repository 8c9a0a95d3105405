using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>Which addresses are hosts on an interface's link.</summary>
internal static class OnLink
{
    /// <summary>Inside the prefix, and not its network or broadcast address.</summary>
    public static bool IsHost(InterfaceAddress own, IpAddress other) =>
        own.Prefix.Contains(other)
        && (
            own.Address.Width - own.Length < 2
            || other.IsIpv6
            || (other != own.Prefix.First && other != own.Prefix.Last)
        );
}
