using System.Net;
using System.Net.Sockets;
using Appliance.Lab.Topology;

namespace Appliance.Lab.Guests;

/// <summary>How the world logs in to a virtual machine: over its first interface, as its owner would.</summary>
/// <param name="Address">The machine's.</param>
/// <param name="Source">The world's, which the machine's packet filter lets in.</param>
internal sealed record GuestAccess(IPAddress Address, IPAddress Source)
{
    /// <summary>The source as a prefix.</summary>
    public string From => AddressText.Host(Source).ToString();

    /// <exception cref="LabException">The site's interfaces have no addresses.</exception>
    public static GuestAccess Of(LabPlan plan, string site)
    {
        var address =
            plan.Document(site)
                .Interfaces.SelectMany(item => new[] { item.Ipv4, item.Ipv6 })
                .OfType<string>()
                .Select(text => AddressText.WithLength(text).Address)
                .FirstOrDefault()
            ?? throw new LabException(
                LabFault.BadRequest,
                $"{site} cannot be a virtual machine of a lab: none of its interfaces has an address of its own"
            );
        return new(address, SourceFor(plan, address));
    }

    private static IPAddress SourceFor(LabPlan plan, IPAddress address)
    {
        var onLink = plan
            .World.Devices.OfType<Bridge>()
            .SelectMany(bridge => bridge.Addresses)
            .Where(item => !item.Address.IsIPv6LinkLocal)
            .FirstOrDefault(item => AddressText.NetworkOf(item.ToString()).Contains(address));
        return onLink?.Address
            ?? (
                address.AddressFamily == AddressFamily.InterNetwork
                    ? LabNumbers.FarHost4
                    : LabNumbers.FarHost6
            );
    }
}
