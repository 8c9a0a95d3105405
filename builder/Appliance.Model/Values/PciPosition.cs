using Appliance.Model.Reports;

namespace Appliance.Model.Values;

/// <summary>Where a device sits: domain:bus:slot:function as pciconf(8) writes it, in decimal.</summary>
public readonly record struct PciPosition(uint Domain, uint Bus, uint Slot, uint Function)
    : IParsedValue<PciPosition>
{
    private static readonly uint[] Maxima = [65535, 255, 31, 7];

    public static FindingKind Malformed => FindingCatalogue.NotAPciPosition;

    public static bool TryParse(string text, out PciPosition value, out string reason)
    {
        value = default;
        reason = "is not a PCI position: it must be domain:bus:slot:function in decimal, 0:0:3:0";
        var plain = text.StartsWith("pci", StringComparison.Ordinal) ? text[3..] : text;
        var parts = plain.Split(':');
        if (parts.Length != Maxima.Length)
        {
            return false;
        }

        Span<uint> numbers = stackalloc uint[Maxima.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!DecimalNumber.TryParse(parts[i], Maxima[i], out numbers[i]))
            {
                return false;
            }
        }

        value = new PciPosition(numbers[0], numbers[1], numbers[2], numbers[3]);
        reason = "";
        return true;
    }

    public override string ToString() => $"{Domain}:{Bus}:{Slot}:{Function}";
}
