using System.Globalization;
using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Machine;

namespace Appliance.FirstBoot.Interfaces;

/// <summary>
/// Where a device sits on PCI, from the device tree in sysctl(8): vtnet0 hangs on virtio_pci0, and that
/// one says "slot=3 function=0 dbsf=pci0:0:3:0".
/// </summary>
internal static class PciPosition
{
    private const int Levels = 4;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>"domain:bus:slot:function", or null for a device that is not on PCI.</summary>
    public static string? Find(IMachine machine, InterfaceState device)
    {
        var (driver, unit) = (device.Driver, device.Unit);
        for (var level = 0; level < Levels && unit >= 0; level++)
        {
            var node = string.Create(CultureInfo.InvariantCulture, $"dev.{driver}.{unit}");
            var values = machine.Run(
                "/sbin/sysctl",
                ["-e", $"{node}.%location", $"{node}.%parent"],
                Limit
            );
            var settings = SettingListParser.Parse(values.Output);
            if (Parse(settings.GetValueOrDefault($"{node}.%location", "")) is { } position)
            {
                return position;
            }

            var parent = new InterfaceState
            {
                Name = settings.GetValueOrDefault($"{node}.%parent", ""),
            };
            (driver, unit) = (parent.Driver, parent.Unit);
        }

        return null;
    }

    /// <summary>The "dbsf=pci0:0:3:0" among the words of a location.</summary>
    public static string? Parse(string location)
    {
        const string Marker = "dbsf=pci";
        return location
            .Split(' ')
            .FirstOrDefault(word => word.StartsWith(Marker, StringComparison.Ordinal))
            ?[Marker.Length..];
    }
}
