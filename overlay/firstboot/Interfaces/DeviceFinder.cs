using Appliance.FirstBoot.Kernel;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Interfaces;

/// <summary>Finds the device behind each interface of a document; anything but exactly one is an error.</summary>
/// <param name="interfaces">All interfaces of the machine.</param>
/// <param name="leadsOutside">The provider's default route leads over this device, as far as metadata says so.</param>
/// <param name="position">PCI position of a device, "0:0:3:0", or null when it has none.</param>
internal sealed class DeviceFinder(
    IReadOnlyList<InterfaceState> interfaces,
    Func<InterfaceState, string?> position,
    Func<InterfaceState, bool>? leadsOutside = null
)
{
    private readonly IReadOnlyList<InterfaceState> hardware =
    [
        .. interfaces.Where(item => item.IsHardware).OrderBy(item => item.Unit),
    ];

    /// <summary>Interface name of the document to device name, "wan" → "vtnet0".</summary>
    /// <exception cref="FirstBootException">A device is missing, ambiguous or claimed twice.</exception>
    public IReadOnlyDictionary<string, string> Find(IReadOnlyList<InterfaceDocument> wanted)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in wanted)
        {
            var device = Find(item).Name;
            if (found.FirstOrDefault(pair => pair.Value == device) is { Key: { } other })
            {
                throw new FirstBootException(
                    $"interfaces {other} and {item.Name} both match device {device}"
                );
            }

            found[item.Name] = device;
        }

        return found;
    }

    /// <summary>"driver vtnet, index 0" and the like, for messages and checks.</summary>
    public static string Describe(InterfaceMatch match) =>
        match switch
        {
            { Mac: { } mac } => $"MAC {mac}",
            { Pci: { } pci } => $"PCI position {pci}",
            { DefaultRoute: true } => "the default route",
            _ => $"driver {match.Driver}, index {match.Index}",
        };

    private InterfaceState Find(InterfaceDocument wanted)
    {
        var candidates = Candidates(wanted.Match);
        return candidates.Count switch
        {
            1 => candidates[0],
            0 => throw new FirstBootException(
                $"interface {wanted.Name}: no device with {Describe(wanted.Match)}; this machine has {Inventory()}"
            ),
            _ => throw new FirstBootException(
                $"interface {wanted.Name}: {Describe(wanted.Match)} fits "
                    + $"{string.Join(" and ", candidates.Select(item => item.Name))}"
            ),
        };
    }

    private List<InterfaceState> Candidates(InterfaceMatch match) =>
        match switch
        {
            { Mac: { } mac } =>
            [
                .. hardware.Where(item =>
                    string.Equals(item.Ether, mac, StringComparison.OrdinalIgnoreCase)
                ),
            ],
            { Pci: { } pci } => [.. hardware.Where(item => position(item) == pci)],
            { DefaultRoute: true } => WithDefaultRoute(),
            { Driver: { } driver, Index: { } index } =>
            [
                .. hardware.Where(item => item.Driver == driver).Skip(index).Take(1),
            ],
            _ => [],
        };

    /// <summary>What the metadata says; without its word the only device there is, or the only one with carrier.</summary>
    private List<InterfaceState> WithDefaultRoute()
    {
        var told = hardware.Where(item => leadsOutside?.Invoke(item) == true).ToList();
        if (told.Count > 0 || hardware.Count == 1)
        {
            return told.Count > 0 ? told : [.. hardware];
        }

        var linked = hardware.Where(item => item.HasCarrier).ToList();
        return linked.Count == 1 ? linked : [.. hardware];
    }

    private string Inventory() =>
        hardware.Count == 0
            ? "none at all"
            : string.Join(", ", hardware.Select(item => $"{item.Name} ({item.Ether})"));
}
