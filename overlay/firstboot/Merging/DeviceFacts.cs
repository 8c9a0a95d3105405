using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Metadata;

namespace Appliance.FirstBoot.Merging;

/// <summary>
/// Which of the provider's interfaces is which device: by MAC address, by FreeBSD's name, and in a machine with one card
/// by order, since Linux's names say nothing here.
/// </summary>
internal sealed class DeviceFacts
{
    private readonly Dictionary<string, InterfaceFacts> known = new(StringComparer.Ordinal);

    /// <param name="interfaces">All interfaces of the machine.</param>
    /// <param name="facts">The provider's.</param>
    public DeviceFacts(
        IReadOnlyList<InterfaceState> interfaces,
        IReadOnlyList<InterfaceFacts> facts
    )
    {
        var cards = interfaces.Where(item => item.IsHardware).ToList();
        var left = facts.ToList();
        Claim(cards, left, (card, item) => item.Mac is not null && item.Mac == card.Ether);
        Claim(cards, left, (card, item) => item.Mac is null && item.Name == card.Name);
        if (cards.Count == 1)
        {
            Claim(cards, left, (_, item) => item.Mac is null);
        }

        NotApplied = [.. left.Select(item => Reason(item, cards))];
    }

    /// <summary>Interfaces of the provider's that no device has, each with the reason.</summary>
    public IReadOnlyList<string> NotApplied { get; }

    /// <summary>Null when the provider says nothing of the device.</summary>
    public InterfaceFacts? Find(string device) => known.GetValueOrDefault(device);

    private void Claim(
        List<InterfaceState> cards,
        List<InterfaceFacts> left,
        Func<InterfaceState, InterfaceFacts, bool> fits
    )
    {
        foreach (var card in cards.Where(card => !known.ContainsKey(card.Name)))
        {
            if (left.Find(item => fits(card, item)) is { } item)
            {
                known[card.Name] = item;
                left.Remove(item);
            }
        }
    }

    private static string Reason(InterfaceFacts item, List<InterfaceState> cards)
    {
        var name = item.Name is null ? "an interface" : $"interface {PlainText.Quoted(item.Name)}";
        return item.Mac is { } mac ? $"{name}: no device has the MAC address {mac}"
            : cards.Count == 1 ? $"{name}: {cards[0].Name} is the only device"
            : $"{name}: without a MAC address it may be any of "
                + string.Join(", ", cards.Select(card => card.Name));
    }
}
