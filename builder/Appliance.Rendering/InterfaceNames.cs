using System.Globalization;
using Appliance.Rendering.Documents;

namespace Appliance.Rendering;

/// <summary>
/// The device behind each interface of a document: "wan" → "vtnet0". A router knows the devices; the
/// workstation can only predict those that are matched by driver and index.
/// </summary>
public sealed class InterfaceNames
{
    private readonly Dictionary<string, string> devices;

    /// <param name="devices">Interface name to device name as ifconfig(8) shows it.</param>
    public InterfaceNames(IReadOnlyDictionary<string, string> devices)
        : this(devices, []) { }

    private InterfaceNames(
        IReadOnlyDictionary<string, string> devices,
        IReadOnlyList<string> unpredicted
    )
    {
        this.devices = new Dictionary<string, string>(devices, StringComparer.Ordinal);
        Unpredicted = unpredicted;
    }

    /// <summary>Interfaces that only the running machine can name, in the order of the document.</summary>
    public IReadOnlyList<string> Unpredicted { get; }

    /// <summary>Every name is a device. Otherwise the rendered files are for reading only.</summary>
    public bool IsComplete => Unpredicted.Count == 0;

    /// <summary>
    /// What the devices will be called as far as the document alone says it: driver and index make
    /// "vtnet0". A match by MAC or PCI position yields "@wan@", which no parser on the target
    /// takes for a device.
    /// </summary>
    public static InterfaceNames Predict(SiteDocument document)
    {
        var devices = new Dictionary<string, string>(StringComparer.Ordinal);
        var unpredicted = new List<string>();
        foreach (var item in document.Interfaces)
        {
            if (item.Match is { Driver: { } driver, Index: { } index })
            {
                devices[item.Name] = driver + index.ToString(CultureInfo.InvariantCulture);
            }
            else
            {
                devices[item.Name] = $"@{item.Name}@";
                unpredicted.Add(item.Name);
            }
        }

        return new InterfaceNames(devices, unpredicted);
    }

    /// <summary>The device of an interface, or null when the name is not known.</summary>
    public string? Find(string interfaceName) => devices.GetValueOrDefault(interfaceName);

    /// <summary>True when the device of this interface is a placeholder.</summary>
    public bool IsPlaceholder(string interfaceName) =>
        Unpredicted.Contains(interfaceName, StringComparer.Ordinal);
}
