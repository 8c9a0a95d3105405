using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Merging;
using Appliance.FirstBoot.Metadata;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Personalisation;

/// <summary>
/// The interfaces of a minimal machine: what the provider configures, and where that leads nowhere, DHCP and router
/// advertisements.
/// </summary>
internal sealed class MinimalInterfaces
{
    private readonly List<string> notApplied = [];

    /// <param name="hardware">The machine's cards.</param>
    /// <param name="facts">What the provider says of them.</param>
    public MinimalInterfaces(
        IReadOnlyList<InterfaceState> hardware,
        IReadOnlyList<InterfaceFacts> facts
    )
    {
        var known = new DeviceFacts(hardware, facts);
        notApplied.AddRange(known.NotApplied);
        var items = new List<InterfaceDocument>();
        foreach (var card in hardware)
        {
            if (
                known.Find(card.Name) is { } word
                && AddressChoice.Of(word) is { IsEmpty: false } choice
            )
            {
                items.Add(Configured(card.Name, word, choice));
            }
        }

        Items = Reachable(OneDefault(items), hardware);
    }

    /// <summary>Empty in a machine without a card.</summary>
    public IReadOnlyList<InterfaceDocument> Items { get; }

    /// <summary>What of the provider's word is not configured, and why.</summary>
    public IReadOnlyList<string> NotApplied => notApplied;

    private InterfaceDocument Configured(string device, InterfaceFacts word, AddressChoice choice)
    {
        var mtu = AddressChoice.MtuOf(word);
        notApplied.AddRange(
            AddressChoice.NotApplied(device, word, [choice.Ipv4, choice.Ipv6], mtu)
        );
        return new InterfaceDocument
        {
            Name = device,
            Match = Match(device),
            Ipv4 = choice.Ipv4,
            Gateway4 = choice.Gateway4,
            Ipv6 = choice.Ipv6,
            Gateway6 = choice.Gateway6,
            Dhcp4 = choice is { Dhcp4: true, Ipv6: not null } ? true : null,
            RouterAdvertisements = choice.RouterAdvertisements ? true : null,
            Mtu = mtu,
        };
    }

    /// <summary>FIB 0 has one default route of each family: the first interface's.</summary>
    private List<InterfaceDocument> OneDefault(List<InterfaceDocument> items)
    {
        var (first4, first6) = (
            items.Find(item => item.Gateway4 is not null),
            items.Find(item => item.Gateway6 is not null)
        );
        return items.ConvertAll(item =>
            item with
            {
                Gateway4 = OnlyOf(item, first4, item.Gateway4),
                Gateway6 = OnlyOf(item, first6, item.Gateway6),
            }
        );
    }

    private string? OnlyOf(InterfaceDocument item, InterfaceDocument? first, string? gateway)
    {
        if (gateway is null || first is null || item.Name == first.Name)
        {
            return gateway;
        }

        notApplied.Add($"{item.Name}: the gateway {gateway} is not used: {first.Name} has one");
        return null;
    }

    /// <summary>Without any default route the cards that nothing is known of get one, or else those that something is.</summary>
    private static List<InterfaceDocument> Reachable(
        List<InterfaceDocument> items,
        IReadOnlyList<InterfaceState> hardware
    )
    {
        if (items.Exists(HasDefault) || hardware.Count == 0)
        {
            return items;
        }

        var others = hardware.Where(card => !items.Exists(item => item.Name == card.Name)).ToList();
        if ((others.Find(card => card.HasCarrier) ?? others.FirstOrDefault()) is { } free)
        {
            var automatic = new InterfaceDocument
            {
                Name = free.Name,
                Match = Match(free.Name),
                RouterAdvertisements = true,
            };
            return [.. items, automatic];
        }

        return items.ConvertAll(item => item with { RouterAdvertisements = true });
    }

    private static bool HasDefault(InterfaceDocument item) =>
        item.Gateway4 is not null
        || item.Gateway6 is not null
        || item.RouterAdvertisements == true
        || item.UsesDhcp();

    private static InterfaceMatch Match(string device)
    {
        var state = new InterfaceState { Name = device };
        return new InterfaceMatch { Driver = state.Driver, Index = state.Unit };
    }
}
